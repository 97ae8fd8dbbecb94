import { makeValidator, url } from 'envalid';
import { type Values, wholeNumber } from '../../process/settings.ts';
import type { CapacitySettings, CapacityTarget } from '../capacity/capacity.ts';
import { listed } from './lists.ts';

const CAPACITY_TARGET = 32;

/** `32`, or `32,media=50`, or `media=50`. */
const capacityTarget = makeValidator<CapacityTarget>((text) => {
  let others = CAPACITY_TARGET;
  const named: Record<string, number> = {};
  for (const entry of listed(text)) {
    const [, name, digits] = /^(?:([\w-]+)=)?(\d+)$/.exec(entry) ?? [];
    const target = Number(digits ?? 0);
    if (target < 1) throw new Error(`"${entry}" is neither a number above 0 nor name=number`);
    if (name === undefined) others = target;
    else named[name.toLowerCase()] = target;
  }
  return { others, named };
});

/** Who is told how many replicas are needed, and from what on. */
export const capacitySpecs = {
  CAPACITY_WEBHOOK_URL: url({
    default: undefined,
    desc: 'who is told how many replicas of each subgraph are needed; signed with SIGNING_SECRET',
  }),
  CAPACITY_TARGET: capacityTarget({
    default: { others: CAPACITY_TARGET, named: {} },
    desc: 'how many requests under way one replica is to bear, 32 unless it says; 32,media=50 has another for one',
  }),
  CAPACITY_WINDOW_S: wholeNumber(2)({
    default: 60,
    desc: 'how long a load is remembered before fewer replicas will do, in seconds',
  }),
} as const;

export const readCapacitySettings = (
  values: Values<typeof capacitySpecs>,
): Omit<CapacitySettings, 'signingSecret'> => ({
  capacityWebhookUrl: values.CAPACITY_WEBHOOK_URL ?? null,
  capacityTarget: values.CAPACITY_TARGET,
  capacityWindowS: values.CAPACITY_WINDOW_S,
});
