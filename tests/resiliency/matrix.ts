import type { ErrorCode } from '../../contract/errors.ts';
import { SUBGRAPHS, type SubgraphName } from '../../stack/subgraphs.ts';

/** What can happen to something. */
export const FAULTS = [
  'down',
  'slow',
  'half-open',
  'garbage',
  'oversized',
  '500',
  'restarted under load',
  'disk full',
  'pool exhausted',
  'clock off',
] as const;

export type Fault = (typeof FAULTS)[number];

/** What it can happen to. */
export type Row =
  | { readonly kind: 'service' | 'database'; readonly name: SubgraphName }
  | { readonly kind: 'redis' | 'worker' | 'store' };

/** What a client sees of it. */
export type Expected =
  /** Nothing: the answer is what it always is. */
  | { readonly sees: 'whole' }
  /** The service's part is gone, and one of the codes says why; all else is what it always is. */
  | { readonly sees: 'gone'; readonly codes: readonly ErrorCode[] }
  /** The one or the other, as long as it lasts. */
  | { readonly sees: 'whole or gone'; readonly codes: readonly ErrorCode[] }
  /** There is no such thing. */
  | { readonly sees: 'nothing'; readonly because: string };

type Rules = Readonly<Record<Fault, Expected>>;

const WHOLE: Expected = { sees: 'whole' };
const gone = (...codes: readonly ErrorCode[]): Expected => ({ sees: 'gone', codes });
const shaken = (...codes: readonly ErrorCode[]): Expected => ({ sees: 'whole or gone', codes });
const none = (because: string): Expected => ({ sees: 'nothing', because });

/** By what it happens to: what each fault comes to. */
export const RULES: Readonly<Record<Row['kind'], Rules>> = {
  service: {
    down: gone('SUBGRAPH_UNAVAILABLE'),
    slow: WHOLE,
    'half-open': gone('SUBGRAPH_TIMEOUT'),
    garbage: gone('SUBGRAPH_UNAVAILABLE'),
    oversized: gone('SUBGRAPH_RESPONSE_TOO_LARGE'),
    '500': gone('INTERNAL_SERVER_ERROR'),
    'restarted under load': shaken('SUBGRAPH_UNAVAILABLE'),
    'disk full': WHOLE,
    'pool exhausted': none('the pool of a service is that of connections to its database'),
    // The router's signature is too old for it.
    'clock off': gone('SUBGRAPH_UNAVAILABLE'),
  },
  database: {
    down: gone('INTERNAL_SERVER_ERROR'),
    slow: WHOLE,
    'half-open': gone('SUBGRAPH_TIMEOUT'),
    garbage: gone('INTERNAL_SERVER_ERROR'),
    oversized: none('every statement says how many rows it wants'),
    '500': gone('INTERNAL_SERVER_ERROR'),
    'restarted under load': shaken('INTERNAL_SERVER_ERROR'),
    'disk full': none(
      'a PostgreSQL that cannot write its log stops, and all tests of a run share one',
    ),
    'pool exhausted': gone('INTERNAL_SERVER_ERROR'),
    'clock off': none('all tests of a run share one; tests/stack has one of its own an hour on'),
  },
  redis: {
    down: WHOLE,
    slow: WHOLE,
    'half-open': WHOLE,
    garbage: WHOLE,
    oversized: none('nobody but routers writes there'),
    '500': WHOLE,
    'restarted under load': WHOLE,
    'disk full': WHOLE,
    'pool exhausted': WHOLE,
    'clock off': none('what is kept there ends by a time to live, and no two clocks are compared'),
  },
  worker: {
    down: WHOLE,
    slow: none('a slow worker is a busy one: admission bounds that (tests/router/admission)'),
    'half-open': WHOLE,
    garbage: none('what a worker says is what the router says'),
    oversized: none('what a worker says is what the router says'),
    '500': none('what a worker says is what the router says'),
    'restarted under load': WHOLE,
    'disk full': WHOLE,
    'pool exhausted': none('connections to subgraphs are bounded for each worker'),
    'clock off': none('workers of one machine have one clock'),
  },
  store: {
    down: gone('INTERNAL_SERVER_ERROR'),
    slow: none('a folder has no connections'),
    'half-open': none('a folder has no connections'),
    garbage: none('a file is served as it was written'),
    oversized: none('downloads may have any size'),
    '500': none('a folder speaks no HTTP'),
    'restarted under load': none('a folder is not started'),
    'disk full': gone('INTERNAL_SERVER_ERROR'),
    'pool exhausted': none('a folder has no connections'),
    'clock off': none('files have addresses that never change'),
  },
};

export const ROWS: readonly Row[] = [
  ...SUBGRAPHS.map((name) => ({ kind: 'service', name }) as const),
  ...SUBGRAPHS.map((name) => ({ kind: 'database', name }) as const),
  { kind: 'redis' },
  { kind: 'worker' },
  { kind: 'store' },
];

export const nameOf = (row: Row): string => {
  switch (row.kind) {
    case 'service':
      return row.name;
    case 'database':
      return `the database of ${row.name}`;
    case 'redis':
      return 'Redis';
    case 'worker':
      return 'a router worker';
    case 'store':
      return 'the media store';
  }
};
