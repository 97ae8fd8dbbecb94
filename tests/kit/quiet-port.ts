import { tryPort } from '../../stack/ports.ts';

/**
 * A free port that stays free until something is started there: below those that the system gives to
 * outgoing connections, of which the tests beside this one open many (32768 and up on Linux, 49152
 * and up on macOS).
 */
export const quietPort = async (): Promise<number> => {
  const free = await tryPort(20_000 + Math.floor(Math.random() * 10_000), '127.0.0.1');
  return free ?? quietPort();
};
