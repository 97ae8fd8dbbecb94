import type { CachePolicy } from './policy.ts';
import type { CacheStore, Kept } from './store.ts';

/** One value that may be kept. */
export interface Wanted {
  readonly key: string;
  readonly tags: readonly string[];
}

/** What is kept of a value. */
export type Found =
  | { readonly state: 'missing' }
  /** Good; or past its time, and good enough to stand in where there is nothing better. */
  | { readonly state: 'fresh' | 'stale'; readonly text: string };

/** A look at what is kept; what is asked for after it may be kept by `keep`. */
export interface Looked {
  readonly found: readonly Found[];
  /** @param at which of the wanted values it is */
  readonly keep: (at: number, text: string) => void;
}

const MISSING: Found = { state: 'missing' };

/** Looks for values that are kept by one policy. */
export const look = async (
  store: CacheStore,
  policy: CachePolicy,
  wanted: readonly Wanted[],
): Promise<Looked> => {
  const tags = [...new Set(wanted.flatMap((each) => each.tags))];
  const read = await store.read(
    wanted.map(({ key }) => key),
    tags,
  );
  if (read === null) return { found: wanted.map(() => MISSING), keep: () => {} };
  const { kept, versions } = read;
  const current = new Map(tags.map((tag, at) => [tag, versions[at] ?? '']));
  const askedAtMs = Date.now();
  const versionsOf = ({ tags: own }: Wanted) => own.map((tag) => current.get(tag) ?? '');
  return {
    found: wanted.map((each, at) => judge(kept[at] ?? null, versionsOf(each), policy, askedAtMs)),
    keep: (at, text) => {
      const each = wanted[at];
      if (each === undefined) return;
      const ttlMs = 1_000 * (policy.maxAgeS + policy.staleIfErrorS);
      store.write(each.key, { text, askedAtMs, versions: versionsOf(each) }, ttlMs);
    },
  };
};

const judge = (
  kept: Kept | null,
  current: readonly string[],
  { maxAgeS, staleIfErrorS }: CachePolicy,
  nowMs: number,
): Found => {
  if (kept === null) return MISSING;
  const { text, askedAtMs, versions } = kept;
  const ageS = (nowMs - askedAtMs) / 1_000;
  // What was invalidated is wrong, and does not stand in for anything.
  if (current.some((version, at) => version !== versions[at])) return MISSING;
  if (ageS < maxAgeS) return { state: 'fresh', text };
  return ageS < maxAgeS + staleIfErrorS ? { state: 'stale', text } : MISSING;
};
