import type { GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type FieldNode, parse, type SelectionSetNode } from 'graphql';
import { ERRORS } from '../../contract/errors.ts';
import { type Caller, GUEST } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import { SubgraphFailure } from '../transport/failure.ts';
import type { SubgraphRequest, SubgraphResult } from '../transport/http-call.ts';

/** Sends one request to one subgraph. */
export type Call = (caller: Caller, request: SubgraphRequest) => Promise<SubgraphResult>;

const NOBODY: Caller = { viewer: GUEST, clientAddress: null };

/**
 * A subgraph as Apollo's executor wants it. A failed call becomes errors with the paths of the
 * fields that it leaves empty, where the executor by itself would report one without a path.
 */
export const subgraphDataSource = (name: string, call: Call, log: Logger): GraphQLDataSource => ({
  process: async (options) => {
    const { query = '', operationName, variables } = options.request;
    const caller = options.kind === 'incoming operation' ? callerOf(options.context) : NOBODY;
    try {
      return await call(caller, { query, operationName, variables });
    } catch (error) {
      if (!(error instanceof SubgraphFailure)) throw error;
      log.warn({ subgraph: name, code: error.code, err: error.cause }, 'subgraph failed');
      const document = 'document' in options ? options.document : undefined;
      const paths = emptiedPaths(document ?? parse(query), variables?.['representations']);
      return {
        errors: paths.map((path) => ({
          message: ERRORS[error.code].message,
          path,
          extensions: { code: error.code },
        })),
      };
    }
  },
});

/** The router puts the caller there; Apollo's types know no context. */
const callerOf = (context: Readonly<Record<string, unknown>>): Caller =>
  context['caller'] as Caller;

type Path = (string | number)[];

/**
 * The fields that a failed fetch leaves empty, as paths in the subgraph's own answer: its root
 * fields, or, where it asks for entities, the fields asked of each.
 */
const emptiedPaths = (document: DocumentNode, representations: unknown): Path[] => {
  const operation = document.definitions.find((each) => each.kind === 'OperationDefinition');
  if (operation === undefined) return [];
  const fields = fieldsOf(operation.selectionSet);
  if (!Array.isArray(representations)) return fields.map((field) => [responseName(field)]);

  return representations.flatMap((representation, index) => {
    const type: unknown = Object(representation).__typename;
    return fields
      .flatMap((entities) => fieldsOf(entities.selectionSet, String(type)))
      .map((field) => ['_entities', index, responseName(field)]);
  });
};

const responseName = (field: FieldNode): string => field.alias?.value ?? field.name.value;

/** The fields of a selection, and of its fragments on `type`; all of them where no type is given. */
const fieldsOf = (selection: SelectionSetNode | undefined, type?: string): FieldNode[] =>
  (selection?.selections ?? []).flatMap((each): FieldNode[] => {
    if (each.kind === 'Field') return each.name.value === '__typename' ? [] : [each];
    if (each.kind === 'FragmentSpread') return [];
    const condition = each.typeCondition?.name.value;
    const applies = type === undefined || condition === undefined || condition === type;
    return applies ? fieldsOf(each.selectionSet, type) : [];
  });
