import { fastify } from 'fastify';
import { verifyRequest } from '../contract/signature.ts';
import { replicasFor } from '../router/capacity/need.ts';
import { CAPACITY_AUDIENCE, type CapacityMessage, REPEAT_MS } from '../router/capacity/webhook.ts';

/** Hears from the router how many replicas are needed. */
export interface CapacityListener {
  /** Where it hears, on this machine only. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A subgraph whose number of replicas follows. */
export interface Scaled {
  readonly name: string;
  readonly count: () => number;
  readonly scale: (count: number) => void;
}

/** Who was silent for so long is gone, and needs nothing. */
const FORGOTTEN_MS = 3 * REPEAT_MS;

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Listens for the router's capacity webhook, and scales with every message what all processes of the
 * router need together. Nothing counts that is not signed.
 */
export const listenForCapacity = async (
  signingSecret: string,
  scaled: readonly Scaled[],
): Promise<CapacityListener> => {
  const heard = new Map<
    string,
    { readonly needs: CapacityMessage['needs']; readonly at: number }
  >();

  const hear = ({ from, needs }: CapacityMessage): void => {
    const now = performance.now();
    heard.set(from, { needs, at: now });
    for (const [who, { at }] of heard) if (now - at > FORGOTTEN_MS) heard.delete(who);
    for (const { name, count, scale } of scaled) {
      const need = [...heard.values()].reduce((sum, each) => sum + (each.needs[name] ?? 0), 0);
      scale(replicasFor(need, count()));
    }
  };
  const server = fastify({ bodyLimit: MAX_BODY_BYTES, logger: false });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.post<{ Body: Buffer }>('/', async (request, reply) => {
    const verdict = verifyRequest(signingSecret, CAPACITY_AUDIENCE, request.headers, request.body);
    if (!verdict.accepted) return reply.code(401).send();
    // Only the router can have written it, so its shape is known.
    hear(JSON.parse(request.body.toString()) as CapacityMessage);
    return reply.code(204).send();
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => server.close() };
};
