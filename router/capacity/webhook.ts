import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';

export interface WebhookSettings {
  /** Who is told; null tells nobody. */
  readonly capacityWebhookUrl: string | null;
  readonly signingSecret: string | null;
}

/** What a process of the router tells. */
export interface CapacityMessage {
  /** Which process: what several tell is to be added. */
  readonly from: string;
  /** By subgraph: how many replicas are needed for what it asks, as a decimal number. */
  readonly needs: Readonly<Record<string, number>>;
}

/** For whom a message is signed (`contract/signature.ts`): no subgraph can have this name. */
export const CAPACITY_AUDIENCE = 'capacity webhook';

/** What is not new is told this often, in milliseconds; a process that is silent for longer is gone. */
export const REPEAT_MS = 5_000;

/** More than this is worth telling at once. */
const RISE = 0.05;

const TIMEOUT_MS = 2_000;

export interface Webhook {
  /** Sends what is needed where it is news; what is lost comes with the next. */
  readonly tell: (needs: ReadonlyMap<string, number>) => void;
  readonly close: () => Promise<void>;
}

const SILENT: Webhook = { tell: () => {}, close: async () => {} };

export const createWebhook = (
  { capacityWebhookUrl: url, signingSecret: secret }: WebhookSettings,
  log: Logger,
): Webhook => {
  if (url === null || secret === null) return SILENT;
  const dispatcher = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const from = randomUUID();
  let told: ReadonlyMap<string, number> = new Map();
  let toldAt = Number.NEGATIVE_INFINITY;
  let isSending = false;
  let isHeard = true;

  const send = async (needs: ReadonlyMap<string, number>): Promise<void> => {
    const message: CapacityMessage = { from, needs: Object.fromEntries(needs) };
    const body = JSON.stringify(message);
    const signed = signRequest(secret, CAPACITY_AUDIENCE, NOBODY, body);
    const headers = { 'content-type': 'application/json', ...signed };
    const answer = await request(url, { dispatcher, method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`it answered ${answer.statusCode}`);
  };
  const tryToSend = async (needs: ReadonlyMap<string, number>): Promise<void> => {
    isSending = true;
    try {
      await send(needs);
      told = needs;
      toldAt = performance.now();
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn({ err: error }, 'the capacity webhook does not take messages');
      isHeard = false;
    }
    isSending = false;
  };
  const isNews = (needs: ReadonlyMap<string, number>): boolean =>
    performance.now() - toldAt >= REPEAT_MS ||
    [...needs].some(([name, need]) => need > (told.get(name) ?? 0) + RISE);

  return {
    tell: (needs) => {
      if (!isSending && isNews(needs)) void tryToSend(needs);
    },
    close: () => dispatcher.destroy(),
  };
};

const NOBODY = { viewer: GUEST, clientAddress: null };
