import type { FastifyInstance } from 'fastify';

/** What a provider tells by itself. It is only taken as a hint to look: what happened is asked. */
export interface PaymentEvents {
  /**
   * Has the order looked at soon; the same event counts once.
   *
   * @param eventId the provider's
   * @returns whether this was the first time
   */
  readonly noteEvent: (eventId: string, orderId: string) => Promise<boolean>;
}

/** The paths that a provider calls. */
export type Webhooks = (events: PaymentEvents) => (server: FastifyInstance) => void;
