import { type ExecutionResult, executeSync, parse } from 'graphql';
import type { Federation } from '../federations/build.ts';
import type { Operation } from '../operations/operation.ts';
import { copyMembers } from '../reference/json.ts';
import { isThing, type Thing } from './thing.ts';
import type { World } from './world.ts';

/** The whole world behind one schema, the one that clients of the federation see. */
export const askMonolith = (
  { apiSchema }: Federation,
  world: World,
  { document, operationName, variables }: Operation,
): ExecutionResult => {
  const root = (typename: string): Thing => ({ identity: typename, typename });
  return executeSync({
    schema: apiSchema,
    document: parse(document),
    operationName,
    variableValues: copyMembers(variables),
    fieldResolver: (source, args, _context, info) =>
      world.fieldOf(
        isThing(source) ? source : root(info.parentType.name),
        info.fieldName,
        args,
        apiSchema,
      ),
    typeResolver: (value) => (isThing(value) ? value.typename : undefined),
  });
};
