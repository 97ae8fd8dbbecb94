import { type Values, wholeNumber } from '../../process/settings.ts';
import type { DocumentLimits } from '../limits/document-limits.ts';

/** How much one request may ask for, and how many at once. */
export interface LimitSettings {
  readonly maxBodyBytes: number;
  /** 0 for no limit. */
  readonly maxRequestsInFlight: number;
  readonly documentLimits: DocumentLimits;
  /** What an operation may cost; 0 is no limit; null where it is not said. */
  readonly maxCost: number | null;
  /** How long a list is taken to be that says nothing of its size. */
  readonly assumedListSize: number;
}

export const limitSpecs = {
  MAX_BODY_BYTES: wholeNumber(1024)({
    default: 102_400,
    desc: 'the largest request body, in bytes',
  }),
  MAX_REQUESTS_IN_FLIGHT: wholeNumber(0)({
    default: 2_000,
    desc: 'how many requests may be under way at the most; how many are is found out from how long they take; 0 is no limit',
  }),
  MAX_TOKENS: wholeNumber(1)({
    default: 5_000,
    desc: 'how many words and signs an operation’s document may have',
  }),
  MAX_DEPTH: wholeNumber(1)({
    default: 20,
    desc: 'how deep its fields may stand in one another; introspection by common tools takes 15',
  }),
  MAX_HEIGHT: wholeNumber(1)({
    default: 1_000,
    desc: 'how many fields it may have, those of fragments wherever they are spread',
  }),
  MAX_ALIASES: wholeNumber(0)({
    default: 100,
    desc: 'how many of its fields may have aliases, __typename counted too',
  }),
  MAX_ROOT_FIELDS: wholeNumber(1)({
    default: 30,
    desc: 'how many root fields it may have',
  }),
  MAX_DIRECTIVES: wholeNumber(0)({
    default: 100,
    desc: 'how many directives it may have',
  }),
  MAX_REPEATED_DIRECTIVES: wholeNumber(1)({
    default: 5,
    desc: 'how often one directive may stand in one place',
  }),
  MAX_VARIABLES: wholeNumber(0)({
    default: 100,
    desc: 'how many variables it may declare',
  }),
  MAX_INPUT_VALUES: wholeNumber(1)({
    default: 10_000,
    desc: 'how many values its variables may hold, those in lists and objects too',
  }),
  MAX_COST: wholeNumber(0)({
    default: undefined,
    desc: 'what an operation may cost; 0 is no limit; where it is not said, 10000 in a schema that has @cost or @listSize',
  }),
  ASSUMED_LIST_SIZE: wholeNumber(0)({
    default: 10,
    desc: 'how long a list is taken to be for that which has no @listSize',
  }),
} as const;

export const readLimitSettings = (values: Values<typeof limitSpecs>): LimitSettings => ({
  maxBodyBytes: values.MAX_BODY_BYTES,
  maxRequestsInFlight: values.MAX_REQUESTS_IN_FLIGHT,
  documentLimits: {
    tokens: values.MAX_TOKENS,
    depth: values.MAX_DEPTH,
    height: values.MAX_HEIGHT,
    aliases: values.MAX_ALIASES,
    rootFields: values.MAX_ROOT_FIELDS,
    directives: values.MAX_DIRECTIVES,
    repeatedDirectives: values.MAX_REPEATED_DIRECTIVES,
    variables: values.MAX_VARIABLES,
    inputValues: values.MAX_INPUT_VALUES,
  },
  maxCost: values.MAX_COST ?? null,
  assumedListSize: values.ASSUMED_LIST_SIZE,
});
