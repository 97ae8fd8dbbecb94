import type { Logger } from '../../process/log.ts';
import { createMeter, type Meter, type Sample } from './meter.ts';
import { needOf } from './need.ts';
import { createWebhook, type WebhookSettings } from './webhook.ts';

/** How many requests under way one replica of a subgraph is to bear. */
export interface CapacityTarget {
  readonly others: number;
  /** By subgraph, in lower case. */
  readonly named: Readonly<Record<string, number>>;
}

export interface CapacitySettings extends WebhookSettings {
  readonly capacityTarget: CapacityTarget;
  /** How long a load is remembered, in seconds: after that there may be fewer replicas. */
  readonly capacityWindowS: number;
}

/** Measures what subgraphs are asked by this process, and says how many replicas that needs. */
export interface Capacity {
  /** The same one for the same name. */
  readonly meter: (subgraph: string) => Meter;
  /** By subgraph: how many replicas are needed for what this process asks. Those of processes add up. */
  readonly current: () => ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

/** So a load that lasts is answered within two of these, in milliseconds. */
const SAMPLE_MS = 1_000;

/** Measures until it is closed, and tells it to the webhook where the settings name one. */
export const openCapacity = (settings: CapacitySettings, log: Logger): Capacity => {
  const measured = new Map<string, { readonly meter: Meter; window: Sample[] }>();
  const { named, others } = settings.capacityTarget;
  const webhook = createWebhook(settings, log);
  let needs: ReadonlyMap<string, number> = new Map();

  const meterOf = (subgraph: string): Meter => {
    const known = measured.get(subgraph);
    if (known !== undefined) return known.meter;
    const meter = createMeter();
    measured.set(subgraph, { meter, window: [] });
    return meter;
  };
  const measure = (): void => {
    for (const each of measured.values()) {
      each.window = [...each.window, each.meter.take()].slice(-settings.capacityWindowS);
    }
    needs = new Map(
      [...measured].map(([name, { window }]) => {
        const target = named[name.toLowerCase()] ?? others;
        return [name, needOf(window, target)];
      }),
    );
    webhook.tell(needs);
  };
  const timer = setInterval(measure, SAMPLE_MS).unref();
  return {
    meter: meterOf,
    current: () => needs,
    close: async () => {
      clearInterval(timer);
      await webhook.close();
    },
  };
};
