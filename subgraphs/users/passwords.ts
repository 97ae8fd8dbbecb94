import { hash, verify } from '@node-rs/argon2';

/** argon2id with the least that OWASP's Password Storage Cheat Sheet asks for. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of nothing that anyone knows, so that a wrong address costs as long as a wrong password. */
let decoy: Promise<string> | undefined;

/** A hash in PHC format, about 20 ms of a thread of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

/** Whether the password made the hash; null stands for an account that does not exist. */
export const isPasswordRight = async (
  passwordHash: string | null,
  password: string,
): Promise<boolean> => {
  decoy ??= hashPassword(crypto.randomUUID());
  const right = await verify(passwordHash ?? (await decoy), password);
  return right && passwordHash !== null;
};
