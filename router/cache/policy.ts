import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { CacheHint, CacheHints } from '../supergraph/cache-hints.ts';

/** How long an answer may be kept, for whom, and how long it may stand in for another. */
export interface CachePolicy {
  /** More than 0. */
  readonly maxAgeS: number;
  readonly scope: 'PUBLIC' | 'PRIVATE';
  readonly staleIfErrorS: number;
}

/**
 * The policy of a document: that of the field which may be kept for the shortest time, and private where
 * any of them is. What a field says counts before what its type says; where neither says anything, root
 * fields and fields with fields of their own may not be kept, and scalars like the object that they are of
 * (https://www.apollographql.com/docs/apollo-server/performance/caching, "Calculating cache behavior").
 *
 * @param document of a subgraph's fetch, in which `_entities` stands for its entities, or a client's
 * @returns null where it may not be kept
 */
export const policyOf = (
  document: string,
  schema: GraphQLSchema,
  { hints }: Pick<CacheHints, 'hints'>,
): CachePolicy | null => {
  const definitions = parse(document, { noLocation: true }).definitions;
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  let policy: CachePolicy = {
    maxAgeS: Number.POSITIVE_INFINITY,
    scope: 'PUBLIC',
    staleIfErrorS: Number.POSITIVE_INFINITY,
  };

  const restrict = ({ maxAgeS, scope, staleIfErrorS }: CacheHint): void => {
    policy = {
      maxAgeS: Math.min(policy.maxAgeS, maxAgeS ?? policy.maxAgeS),
      scope: scope === 'PRIVATE' ? 'PRIVATE' : policy.scope,
      staleIfErrorS: Math.min(policy.staleIfErrorS, staleIfErrorS),
    };
  };

  /** @param inherited what a scalar without a hint is kept by; null where that was reckoned already */
  const visitField = (
    parent: GraphQLNamedType,
    { name: { value: name }, selectionSet }: FieldNode,
    inherited: CacheHint | null,
  ): void => {
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    // What clients cannot ask for is not kept either, such as what a key needs alone.
    if (field === undefined) {
      restrict(NEVER);
      return;
    }
    const type = getNamedType(field.type);
    const own = hints[`${parent.name}.${name}`];
    const ofType = hints[type.name];
    const isRoot = parent === schema.getQueryType();
    if (own !== undefined) restrict(own);
    if (own?.maxAgeS == null) {
      if (ofType !== undefined) restrict(ofType);
      if (ofType?.maxAgeS == null) restrictUnhinted(isRoot || isCompositeType(type), inherited);
    }
    if (selectionSet !== undefined) visit(selectionSet, type, null);
  };

  const restrictUnhinted = (isNew: boolean, inherited: CacheHint | null): void => {
    if (isNew) restrict(NEVER);
    else if (inherited !== null) restrict(inherited);
  };

  const visit = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    inherited: CacheHint | null,
  ): void => {
    for (const each of selections) {
      if (each.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(each.name.value);
        const type = schema.getType(fragment?.typeCondition.name.value ?? '');
        if (fragment === undefined || type === undefined) restrict(NEVER);
        else visit(fragment.selectionSet, type, inherited);
      } else if (each.kind === Kind.INLINE_FRAGMENT) {
        const type = each.typeCondition && schema.getType(each.typeCondition.name.value);
        visit(each.selectionSet, type ?? parent, inherited);
      } else if (each.name.value === '_entities') {
        visitEntities(each.selectionSet);
      } else if (each.name.value !== '__typename') {
        visitField(parent, each, inherited);
      }
    }
  };

  const visitEntities = (selection: SelectionSetNode | undefined): void => {
    for (const each of selection?.selections ?? []) {
      if (each.kind !== Kind.INLINE_FRAGMENT) continue;
      const name = each.typeCondition?.name.value ?? '';
      const type = schema.getType(name);
      if (type === undefined) restrict(NEVER);
      else visit(each.selectionSet, type, hints[name] ?? NEVER);
    }
  };

  for (const each of definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getQueryType();
    if (each.operation !== 'query' || root == null) return null;
    visit(each.selectionSet, root, null);
  }
  return policy.maxAgeS > 0 && Number.isFinite(policy.maxAgeS) ? policy : null;
};

const NEVER: CacheHint = { maxAgeS: 0, scope: 'PUBLIC', staleIfErrorS: 0 };
