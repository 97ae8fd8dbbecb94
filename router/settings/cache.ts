import { str } from 'envalid';
import { type Values, wholeNumber } from '../../process/settings.ts';
import { CACHE_MODES, type CacheSettings } from '../cache/open.ts';

/** Where answers of subgraphs are kept. */
export const cacheSpecs = {
  CACHE: str({
    choices: CACHE_MODES,
    default: 'off',
    desc: 'where answers of subgraphs are kept that say by @cacheControl for how long they may be',
  }),
  CACHE_BYTES: wholeNumber(1_024)({
    default: 67_108_864,
    desc: 'how much is kept in memory, in bytes',
  }),
} as const;

export const readCacheSettings = (values: Values<typeof cacheSpecs>): CacheSettings => ({
  cache: values.CACHE,
  cacheBytes: values.CACHE_BYTES,
});
