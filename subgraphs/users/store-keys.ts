import type { PrismaClient } from '../../generated/prisma/users/client.ts';
import type { KeyStore, KnownKeys } from './keyring.ts';
import type { Transaction } from './store-rows.ts';

/** The keys of access tokens. */
export const createKeyStore = (prisma: PrismaClient): KeyStore => ({
  readKeys: () => readKeys(prisma),

  // Two processes that find it is time for a new key must not make two. Signing reads on meanwhile.
  changeKeys: (decide) =>
    prisma.$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE`;
      const change = await decide(await readKeys(tx));
      if (change !== null) {
        await tx.signingKey.create({ data: change.added });
        await tx.signingKey.deleteMany({ where: { id: { in: [...change.removed] } } });
      }
      return readKeys(tx);
    }),
});

const readKeys = async (prisma: Transaction): Promise<KnownKeys> => {
  const keys = await prisma.signingKey.findMany({ orderBy: { signsFrom: 'asc' } });
  // Not now(), when the transaction began: who waited for the lock would take a key for one of the future
  // that another has made meanwhile, and make a second.
  const [clock] = await prisma.$queryRaw<{ readonly now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (clock === undefined) throw new Error('SELECT gives a row');
  return { keys, now: clock.now };
};
