import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Names } from '../../execution/names.ts';
import type { Variables } from '../../execution/run.ts';
import type { SupergraphFacts } from '../planner.ts';
import { dropUnused } from './drop-unused.ts';
import { refuseConflictingRequirements } from './refuse-conflicting-requirements.ts';
import { renameFields } from './rename-fields.ts';
import { renameVariables } from './rename-variables.ts';
import { PLACEHOLDER, resolveConditions } from './resolve-conditions.ts';

/** An operation that Apollo's planner plans rightly, and what it calls things otherwise. */
export interface Corrected {
  readonly document: DocumentNode;
  readonly names: Names;
}

/**
 * Changes an operation so that it means the same and is planned rightly: one file a defect.
 *
 * @param flags the coerced variables, by which its conditions are decided
 * @throws Refusal where it cannot be planned rightly
 */
export const correct = (
  schema: GraphQLSchema,
  facts: SupergraphFacts,
  document: DocumentNode,
  flags: Variables,
): Corrected => {
  const decided = dropUnused(resolveConditions(document, flags));
  refuseConflictingRequirements(schema, decided, facts.conflictingRequirements);
  const fields = renameFields(decided, facts);
  const variables = renameVariables(fields.document);
  return {
    document: variables.document,
    names: {
      clientNames: fields.clientNames,
      givenNames: variables.givenNames,
      unanswered: PLACEHOLDER,
    },
  };
};
