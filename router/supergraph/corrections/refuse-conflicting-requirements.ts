import {
  type DocumentNode,
  doTypesOverlap,
  type GraphQLSchema,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { refusal } from '../../refusal.ts';

/** Two fields of one type that require one field with different arguments. */
export interface ConflictingRequirement {
  readonly type: string;
  readonly fields: readonly [one: string, other: string];
}

/**
 * Apollo's planner fetches a field once where two fields require it with different arguments, and gives
 * it to both (tests/execution/wrong-plans/arguments-of-two-requires). Nothing in the plan tells, so an
 * operation that asks for both is refused rather than answered wrongly.
 *
 * @throws Refusal that names the two fields
 */
export const refuseConflictingRequirements = (
  schema: GraphQLSchema,
  document: DocumentNode,
  conflicts: readonly ConflictingRequirement[],
): void => {
  if (conflicts.length === 0) return;
  const asked = askedFields(schema, document);
  for (const { type, fields } of conflicts) {
    const onType = (field: string): boolean =>
      asked.some((each) => each.field === field && isOf(schema, each.type, type));
    if (!fields.every(onType)) continue;
    throw refusal(
      'OPERATION_NOT_PLANNABLE',
      `${type}.${fields[0]} and ${type}.${fields[1]} need one field with different arguments: ask for them in two operations.`,
    );
  }
};

interface Asked {
  readonly type: string;
  readonly field: string;
}

const askedFields = (schema: GraphQLSchema, document: DocumentNode): readonly Asked[] => {
  const asked: Asked[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        if (parent != null) asked.push({ type: parent.name, field: name.value });
      },
    }),
  );
  return asked;
};

/** Whether values of the one type may be of the other. */
const isOf = (schema: GraphQLSchema, name: string, other: string): boolean => {
  const [one, two] = [schema.getType(name), schema.getType(other)];
  return isCompositeType(one) && isCompositeType(two) && doTypesOverlap(schema, one, two);
};
