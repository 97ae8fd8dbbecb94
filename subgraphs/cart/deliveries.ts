import type { Catalogue } from './catalogue.ts';
import type { PaymentProvider } from './payments/provider.ts';

interface DeliveryServices {
  readonly catalogue: Pick<Catalogue, 'release' | 'returnSold'>;
  readonly provider: Pick<PaymentProvider, 'refund'>;
  readonly refunds: {
    /** Null where it is done already. */
    readonly pendingRefund: (
      id: string,
    ) => Promise<Omit<Parameters<PaymentProvider['refund']>[0], 'idempotencyKey'> | null>;
    readonly markRefunded: (id: string) => Promise<void>;
  };
}

/**
 * What the outbox brings to others, by topic. What it holds was written by this service, so its shape
 * is known.
 */
export const deliveriesOf = ({ catalogue, provider, refunds }: DeliveryServices) => ({
  refund: async (payload: unknown): Promise<void> => {
    const { refundId } = payload as { readonly refundId: string };
    const pending = await refunds.pendingRefund(refundId);
    if (pending === null) return;
    await provider.refund({ ...pending, idempotencyKey: refundId });
    await refunds.markRefunded(refundId);
  },

  'holds.release': async (payload: unknown): Promise<void> => {
    const { orderId } = payload as { readonly orderId: string };
    await catalogue.release(orderId);
  },

  'goods.return': async (payload: unknown): Promise<void> => {
    const { orderId, productIds, relist } = payload as {
      readonly orderId: string;
      readonly productIds: readonly string[];
      readonly relist: boolean;
    };
    const [problem] = await catalogue.returnSold(orderId, productIds, relist);
    if (problem !== undefined) throw new Error(`not taken back: ${problem.message}`);
  },
});
