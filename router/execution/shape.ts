import {
  type DocumentNode,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isLeftOut } from '../authorization/leave-out.ts';
import { createCollector, type FieldNodes, type ObjectType } from './collect-fields.ts';
import type { Names } from './names.ts';

// What the client asked for, by the types that values turn out to have: fields merged and in the
// order in which graphql-js completes them (CollectFields of the specification, done once). Documents
// have no @skip and @include here: these were decided before planning.

/** The fields asked of one object type. */
export interface ObjectShape {
  readonly type: ObjectType;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  /** The name that the client reads. */
  readonly responseName: string;
  /** The name in the data. */
  readonly key: string;
  readonly fieldName: string;
  readonly value: ValueShape;
}

export type ValueShape =
  | { readonly kind: 'typename'; readonly name: string }
  /** `__schema` and `__type`: answered by the router itself. */
  | { readonly kind: 'introspection'; readonly nodes: readonly FieldNode[] }
  /** What the viewer may not see: null, and an error. */
  | { readonly kind: 'leftOut'; readonly mayBeNull: boolean }
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: ValueShape }
  | { readonly kind: 'nonNull'; readonly of: ValueShape }
  | { readonly kind: 'object'; readonly shape: () => ObjectShape }
  /** Undefined for a type that clients do not know, or that is not possible there. */
  | {
      readonly kind: 'abstract';
      readonly name: string;
      readonly shape: (type: string) => ObjectShape | undefined;
    };

/** What shapes are made of. */
interface ShapeSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly names: Names;
  /** Whether deferred fragments are left to parts of their own. */
  readonly defers: boolean;
}

/** Gives the shape of a selection on an object type; the same one for the same selection. */
export type ShapeOf = (type: ObjectType, set: SelectionSetNode) => ObjectShape;

export const createShapes = (source: ShapeSource): ShapeOf => {
  const { schema, names } = source;
  const { collect, isSameForAll } = createCollector(source);
  const identities = new Map<SelectionSetNode, number>();
  const identity = (set: SelectionSetNode): number => {
    const known = identities.get(set) ?? identities.size;
    identities.set(set, known);
    return known;
  };
  const shapes = new Map<string, ObjectShape>();

  // The same selections on the same type are shaped once: types that nest in each other by
  // interfaces would otherwise multiply.
  const shape = (type: ObjectType, sets: readonly SelectionSetNode[]): ObjectShape => {
    const key = `${type.name} ${sets.map(identity).join(' ')}`;
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const fields = [...collect(type, sets)].map(([key, nodes]) => ({
      responseName: names.clientNames.get(key) ?? key,
      key,
      fieldName: nodes[0].name.value,
      value: fieldValue(type, nodes),
    }));
    const made = { type, fields };
    shapes.set(key, made);
    return made;
  };

  const fieldValue = (parent: ObjectType, nodes: FieldNodes): ValueShape => {
    const name = nodes[0].name.value;
    if (name === '__typename') return { kind: 'typename', name: parent.name };
    if (name === '__schema' || name === '__type') return { kind: 'introspection', nodes };
    const definition = parent.getFields()[name];
    if (definition === undefined) throw new Error(`${parent.name} has no field ${name}`);
    // Asked on another of its types too, the same field may be seen there.
    const seen = nodes.filter((node) => !isLeftOut(node));
    if (seen.length === 0) return { kind: 'leftOut', mayBeNull: !isNonNullType(definition.type) };
    return valueShape(
      definition.type,
      seen.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
  };

  const valueShape = (type: GraphQLOutputType, sets: readonly SelectionSetNode[]): ValueShape => {
    if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(type.ofType, sets) };
    if (isListType(type)) return { kind: 'list', item: valueShape(type.ofType, sets) };
    if (isLeafType(type)) return { kind: 'leaf', type };
    if (isObjectType(type)) return { kind: 'object', shape: once(() => shape(type, sets)) };
    return {
      kind: 'abstract',
      name: type.name,
      shape: (name) => {
        const found = schema.getType(name);
        if (!isObjectType(found) && !isInterfaceType(found)) return undefined;
        if (found !== type && !schema.isSubType(type, found)) return undefined;
        if (isInterfaceType(found) && !isSameForAll(found, sets)) return undefined;
        return shape(found, sets);
      },
    };
  };

  return (type, set) => shape(type, [set]);
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
