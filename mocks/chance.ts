/**
 * A number that follows from a text: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) with the last steps
 * of MurmurHash3, without which texts that differ in their last letter alone give numbers that lie together.
 *
 * @returns a whole number from 0 to 2^32 - 1
 */
export const numberOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** One of them, by a number; undefined where there are none. */
export const pick = <T>(values: readonly T[], number: number): T | undefined =>
  values[number % Math.max(values.length, 1)];

/** JSON text, whatever the order in which members were written. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  ) ?? '';
