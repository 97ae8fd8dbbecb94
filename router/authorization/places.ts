import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Guard, type Guards, guardName } from './guard.ts';

/** The guards of a supergraph, and which types an abstract one may turn out to be. */
export interface GuardedTypes {
  readonly guards: Guards;
  readonly subtypes: Readonly<Record<string, readonly string[]>>;
}

const NONE: readonly Guard[] = [];

/**
 * Visits every field of a document with the guards on its way: those of the field, of the type that it
 * is selected on, and of the type that it gives. Where it is selected on an interface, any of its
 * types may turn out to answer, so theirs count as well.
 *
 * @param enter gives the node that takes the field's place; undefined leaves it, and its selection is
 *   visited
 */
export const visitGuarded = (
  schema: GraphQLSchema,
  { guards, subtypes }: GuardedTypes,
  document: DocumentNode,
  enter: (field: FieldNode, guards: readonly Guard[]) => FieldNode | undefined,
): DocumentNode => {
  const types = new TypeInfo(schema);

  const guardsAt = (parent: GraphQLCompositeType, field: string): readonly Guard[] => {
    const possible = [parent.name, ...(subtypes[parent.name] ?? [])];
    return possible.flatMap((type) => [
      ...(guards[type] ?? NONE),
      ...(guards[`${type}.${field}`] ?? NONE),
    ]);
  };

  const found = (field: FieldNode): readonly Guard[] => {
    const parent = types.getParentType();
    const given = types.getType();
    const name = field.name.value;
    // The name of a type is in the schema that everyone reads.
    if (parent == null || name.startsWith('__')) return NONE;
    const ofGiven = given == null ? NONE : (guards[getNamedType(given).name] ?? NONE);
    return [...guardsAt(parent, name), ...ofGiven];
  };

  return visit(
    document,
    visitWithTypeInfo(types, { Field: (field) => enter(field, found(field)) }),
  );
};

/** Every guard that an operation meets, each once. */
export const guardsIn = (
  schema: GraphQLSchema,
  guarded: GuardedTypes,
  document: DocumentNode,
): readonly Guard[] => {
  if (Object.keys(guarded.guards).length === 0) return NONE;
  const found = new Map<string, Guard>();
  visitGuarded(schema, guarded, document, (_field, guards) => {
    for (const guard of guards) found.set(guardName(guard), guard);
    return undefined;
  });
  return [...found.values()];
};
