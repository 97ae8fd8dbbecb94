import { choose, hash } from './hash.ts';

/** What goes wrong when a field is resolved. */
export type FieldFault =
  | 'null'
  | 'error'
  | 'error-without-path'
  | 'error-beside-value'
  | 'wrong-type'
  | 'missing';

/** What goes wrong with a whole request. */
export type RequestFault =
  | 'rejected'
  | 'no-result'
  | 'errors-only'
  | 'entities-no-list'
  | 'too-few-entities'
  | 'too-many-entities';

/**
 * How subgraphs misbehave. It depends on what is asked about, never on how or when it is asked:
 * executors that ask for the same in other requests, or in another order, see the same faults.
 */
export interface Faults {
  readonly ofField: (identity: string, field: string, args: string) => FieldFault | undefined;
  /** What an object says to be, instead of what it is; null where it does not say. */
  readonly ofTypename: (identity: string, typenames: readonly string[]) => Typename | undefined;
  /** Whether a subgraph does not know an entity. */
  readonly ofEntity: (subgraph: string, identity: string) => boolean;
  /** @param operation the text of what is asked. */
  readonly ofRequest: (subgraph: string, operation: string) => RequestFault | undefined;
  /** One of several ways to do wrong. */
  readonly variant: <Way>(ways: readonly Way[], where: string) => Way;
}

export interface Typename {
  readonly says: unknown;
}

const FIELD_FAULTS: readonly FieldFault[] = [
  'null',
  'null',
  'error',
  'error-without-path',
  'error-beside-value',
  'wrong-type',
  'wrong-type',
  'missing',
];

const REQUEST_FAULTS: readonly RequestFault[] = [
  'rejected',
  'rejected',
  'no-result',
  'errors-only',
  'entities-no-list',
  'too-few-entities',
  'too-many-entities',
];

/** Of a thousand fields, objects, entities and requests, how many go wrong, by mood of the seed. */
const MOODS = [
  { field: 0, typename: 0, entity: 0, request: 0 },
  { field: 60, typename: 0, entity: 0, request: 0 },
  { field: 150, typename: 50, entity: 80, request: 0 },
  { field: 30, typename: 20, entity: 40, request: 250 },
  { field: 0, typename: 200, entity: 200, request: 50 },
  { field: 350, typename: 80, entity: 150, request: 80 },
] as const;

/** Nothing goes wrong with seed 0. */
export const faultsOf = (seed: number): Faults => {
  const mood = seed === 0 ? MOODS[0] : choose(MOODS, `mood ${seed}`);
  const strikes = (rate: number, where: string): boolean => hash(`${seed} ${where}`) % 1000 < rate;
  const variant: Faults['variant'] = (ways, where) => choose(ways, `${seed} which ${where}`);
  return {
    variant,
    ofField: (identity, field, args) => {
      const where = `field ${identity}.${field}${args}`;
      return strikes(mood.field, where) ? variant(FIELD_FAULTS, where) : undefined;
    },
    ofTypename: (identity, typenames) => {
      const where = `type ${identity}`;
      if (!strikes(mood.typename, where)) return undefined;
      return { says: variant(['Nonsense', undefined, null, 5, '', ...typenames], where) };
    },
    ofEntity: (subgraph, identity) => strikes(mood.entity, `entity ${subgraph} ${identity}`),
    ofRequest: (subgraph, operation) => {
      const where = `request ${subgraph} ${operation}`;
      return strikes(mood.request, where) ? variant(REQUEST_FAULTS, where) : undefined;
    },
  };
};
