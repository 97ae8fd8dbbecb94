import { PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { once } from '../kit/inbox.ts';

export interface AccountStore {
  /**
   * Forgets a user: their cart, and the addresses of their orders; of those that are not at an end once
   * they are.
   *
   * @param eventId a UUID
   * @returns whether this was the first time that the event was told
   */
  readonly forget: (eventId: string, userId: string) => Promise<boolean>;
}

export const createAccountStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): AccountStore => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    forget: (eventId, userId) =>
      prisma.$transaction((tx) =>
        once(tx, eventId, async () => {
          // The trigger of the table forgets the addresses of those that are at an end.
          await tx.$executeRaw`
            UPDATE orders SET is_forgotten = true, updated_at = now() WHERE buyer_id = ${userId}`;
          await tx.$executeRaw`DELETE FROM carts WHERE user_id = ${userId}`;
        }),
      ),
  };
};
