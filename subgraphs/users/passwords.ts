import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { problem } from '../kit/outcomes.ts';

/** argon2id with the least that OWASP's Password Storage Cheat Sheet asks for. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One core is left to everything else, so that a flood of passwords cannot starve the process. */
const turns = pLimit(Math.max(1, availableParallelism() - 1));

/** About a second's work. */
const MAX_WAITING = 50;

const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result | null> =>
  turns.pendingCount < MAX_WAITING ? turns(work) : null;

/** For who would have to wait behind them. */
export const BUSY = problem(
  'TRY_LATER',
  null,
  'Many people are logging in at the moment; try again in 5 seconds.',
);

/** The hash of nothing that anyone knows, so that a wrong address costs as long as a wrong password. */
let decoy: Promise<string> | undefined;

/** A hash in PHC format, about 20 ms of a thread of its own; null where too many wait for theirs. */
export const hashPassword = (password: string): Promise<string | null> =>
  inTurn(() => hash(password, PARAMETERS));

/** Whether the password made the hash, where null stands for an account that does not exist. */
export const checkPassword = async (
  passwordHash: string | null,
  password: string,
): Promise<'right' | 'wrong' | 'busy'> => {
  const right = await inTurn(async () => {
    decoy ??= hash(crypto.randomUUID(), PARAMETERS);
    return verify(passwordHash ?? (await decoy), password);
  });
  if (right === null) return 'busy';
  return right && passwordHash !== null ? 'right' : 'wrong';
};
