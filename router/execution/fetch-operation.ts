import { askedCoordinates } from './asked-coordinates.ts';
import type { PlanPath } from './places.ts';
import type { FetchNode } from './plan.ts';

/** What a fetch sends, but for its variables; made once for a plan. */
export interface FetchOperation {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly operationName: string | undefined;
  /** Where its answer belongs in the data: `items.@.seller`; empty for root fields. */
  readonly path: string;
  /** Whether to do it twice is to do it once. */
  readonly mayRepeat: boolean;
  /** The JSON of the request up to its variables, which are the last member. */
  readonly head: string;
}

/** @param idempotentFields root fields marked `@idempotent`, such as `Mutation.checkout` */
export const fetchOperation = (
  node: FetchNode,
  path: PlanPath,
  idempotentFields: readonly string[],
): FetchOperation => {
  const { serviceName, operationKind: kind, operation: query, operationName } = node;
  const name =
    operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return {
    subgraph: serviceName,
    kind,
    query,
    operationName,
    path: pathText(path),
    mayRepeat:
      kind === 'query' ||
      askedCoordinates({ query, kind }).every((each) => idempotentFields.includes(each)),
    head: `{"query":${JSON.stringify(query)},${name}"variables":`,
  };
};

/** `items.@.seller`; empty for root fields. */
export const pathText = (path: PlanPath): string =>
  path
    .map(({ field }) => field ?? '@')
    .filter((step) => step !== '')
    .join('.');

/** The whole body of a request. */
export const requestBody = ({ head }: FetchOperation, variables: string): string =>
  `${head}${variables}}`;
