import { type Mode, type Values, wholeNumber } from '../../process/settings.ts';
import type { RateSettings } from '../rates/rates.ts';
import { redisUrl } from './addresses.ts';

/** How much one client may ask for a minute. */
export interface ClientRateSettings extends RateSettings {
  /** Where routers count and keep together; null where each does so for itself. */
  readonly redisUrl: string | null;
}

/** A page of the market sends up to 20: a page every second, for a minute. */
const PRODUCTION_REQUESTS_OF_VIEWER = 1_200;

/** Ten such people: behind one address there may be an office, or the customers of a mobile network. */
const PRODUCTION_REQUESTS_OF_ADDRESS = 12_000;

/** Load tests and people who develop are not to be throttled. */
const inProduction = (limit: number, where: Mode): number => (where === 'production' ? limit : 0);

export const rateSpecs = {
  COST_PER_MINUTE: wholeNumber(0)({
    default: 0,
    desc: 'what the operations of one user, or of the guests of one address, may cost a minute; 0 is no limit',
  }),
  REQUESTS_PER_MINUTE_PER_VIEWER: wholeNumber(0)({
    default: undefined,
    desc: 'how many requests a user may send a minute; 0 is no limit; where it is not said, 1200 in production',
  }),
  REQUESTS_PER_MINUTE_PER_ADDRESS: wholeNumber(0)({
    default: undefined,
    desc: 'how many the guests of one address may; 0 is no limit; where it is not said, 12000 in production',
  }),
  REDIS_URL: redisUrl({
    default: undefined,
    desc: 'where several routers count these together, redis:// or rediss://; else each counts for itself',
  }),
} as const;

export const readRateSettings = (
  values: Values<typeof rateSpecs>,
  where: Mode,
): ClientRateSettings => ({
  costPerMinute: values.COST_PER_MINUTE,
  requestsPerMinutePerViewer:
    values.REQUESTS_PER_MINUTE_PER_VIEWER ?? inProduction(PRODUCTION_REQUESTS_OF_VIEWER, where),
  requestsPerMinutePerAddress:
    values.REQUESTS_PER_MINUTE_PER_ADDRESS ?? inProduction(PRODUCTION_REQUESTS_OF_ADDRESS, where),
  redisUrl: values.REDIS_URL ?? null,
});
