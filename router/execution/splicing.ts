import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { type Claims, claimsOf, namesOf, type PlacedFetch, selectionOf } from './claims.ts';
import type { Names } from './names.ts';
import { type FetchNode, fetchesOf, type PlanNode } from './plan.ts';
import { type Column, compileRows, type ReadRows } from './rows.ts';
import { createShapes, type FieldShape, type ObjectShape, type ValueShape } from './shape.ts';
import { isInherited } from './tree.ts';

// Which parts of which answers reach the client as they are. A field is spliced where one fetch alone
// asks for it, no fetch needs any of it, and the client asks for the very same of it, in that order.
// All of this is known when the plan is compiled; where something is not, nothing is spliced.

/** What the client asks for. */
export interface SplicingSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly names: Names;
}

/** Finds the reader of a fetch's answers; null where nothing of them is spliced. */
export type Splicing = (fetch: FetchNode) => ReadRows | null;

export const spliceNothing: Splicing = () => null;

/** Finds out what can be spliced of a plan whose answer comes as a whole. */
export const compileSplicing = (node: PlanNode | undefined, source: SplicingSource): Splicing => {
  const { schema, document, operation, names } = source;
  const root = schema.getRootType(operation.operation);
  // Texts have the names of the data in them, which must be the client's.
  const isRenamed = names.clientNames.size > 0;
  if (!isObjectType(root) || isRenamed || hasConditions(document)) return spliceNothing;
  const fetches = fetchesOf(node).map(({ fetch, path }) => ({
    fetch,
    names: namesOf(path),
    document: parse(fetch.operation),
  }));
  if (fetches.some(({ fetch }) => movesFields(fetch))) return spliceNothing;
  const claims = claimsOf(fetches);
  const client = createShapes({ schema, document, names, defers: false })(
    root,
    operation.selectionSet,
  );
  const readers = new Map(
    fetches.map((placed) => [placed.fetch, readerOf(placed, client, claims)] as const),
  );
  return (fetch) => readers.get(fetch) ?? null;
};

/** Context is read from objects that others ask for; renamed fields stand elsewhere. */
const movesFields = ({ contextRewrites = [], outputRewrites = [] }: FetchNode): boolean =>
  contextRewrites.length > 0 || outputRewrites.some(({ kind }) => kind === 'KeyRenamer');

/** Whether it depends on variables what there is, or it comes in parts. */
const hasConditions = (document: DocumentNode): boolean => {
  let found = false;
  visit(document, {
    Directive: ({ name }) => {
      found ||= ['skip', 'include', 'defer'].includes(name.value);
    },
  });
  return found;
};

const readerOf = (placed: PlacedFetch, client: ObjectShape, claims: Claims): ReadRows | null => {
  const { fetch, names, document } = placed;
  if (fetch.outputRewrites !== undefined || hasConditions(document)) return null;
  const isOfEntities = fetch.requires !== undefined;
  const selected = isOfEntities ? entitySelection(placed) : rootSelection(placed);
  const shape = shapeAt(client, names, selected?.type);
  if (selected === undefined || shape === undefined || !isObjectType(shape.type)) return null;
  const columns = columnsOf(selected.set, { type: shape.type, shape, names, claims });
  if (columns === null || !columns.some(isSpliced)) return null;
  return compileRows(columns, isOfEntities ? 'entities' : 'root');
};

const isSpliced = (column: Column): boolean =>
  column.kind === 'spliced' || (column.kind === 'object' && column.columns.some(isSpliced));

interface Selected {
  readonly set: SelectionSetNode;
  /** Undefined where it is of whatever stands at the fetch's path. */
  readonly type: string | undefined;
}

const rootSelection = (placed: PlacedFetch): Selected | undefined => {
  const set = selectionOf(placed);
  return set && { set, type: undefined };
};

/** Only where all entities are of one type. */
const entitySelection = (placed: PlacedFetch): Selected | undefined => {
  const [fragment, ...others] = selectionOf(placed)?.selections ?? [];
  if (fragment?.kind !== 'InlineFragment' || others.length > 0) return undefined;
  const type = fragment.typeCondition?.name.value;
  const isOfType = (placed.fetch.requires ?? []).every(
    (each) => each.kind === 'InlineFragment' && each.typeCondition === type,
  );
  return type !== undefined && isOfType ? { set: fragment.selectionSet, type } : undefined;
};

/** What the client asks of the objects there, those of that type; undefined where types differ before. */
const shapeAt = (
  shape: ObjectShape,
  names: readonly string[],
  type: string | undefined,
): ObjectShape | undefined => {
  const [name, ...rest] = names;
  if (name === undefined) return type === undefined || shape.type.name === type ? shape : undefined;
  const field = shape.fields.find(({ responseName }) => responseName === name);
  const value = field && withoutWrappers(field.value);
  if (value?.kind === 'object') return shapeAt(value.shape(), rest, type);
  const isLast = value?.kind === 'abstract' && rest.length === 0 && type !== undefined;
  return isLast ? value.shape(type) : undefined;
};

const withoutWrappers = (value: ValueShape): ValueShape => {
  if (value.kind === 'nonNull') return withoutWrappers(value.of);
  return value.kind === 'list' ? withoutWrappers(value.item) : value;
};

/** A place in the data, and what is known of it. */
interface Spot {
  readonly type: GraphQLObjectType;
  /** What the client asks for there, if anything. */
  readonly shape: ObjectShape | undefined;
  readonly names: readonly string[];
  readonly claims: Claims;
}

/** Null where a selection is not plainly a list of fields. */
const columnsOf = (set: SelectionSetNode, spot: Spot): readonly Column[] | null => {
  const fields = plainFields(set);
  return (
    fields &&
    joined(
      fields.map((field) => columnOf(field, spot)),
      spot.shape,
    )
  );
};

const plainFields = ({ selections }: SelectionSetNode): readonly FieldNode[] | null => {
  const fields = selections.flatMap((each) => (each.kind === 'Field' ? [each] : []));
  const names = new Set(fields.map(responseName));
  const arePlain = names.size === selections.length && ![...names].some(isInherited);
  return arePlain ? fields : null;
};

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const columnOf = (field: FieldNode, { type, shape, names, claims }: Spot): Column => {
  const name = responseName(field);
  if (field.name.value === '__typename') return { kind: 'typename', name, type: type.name };
  const path = [...names, name];
  const asked = shape?.fields.find((each) => each.responseName === name);
  const isFree = claims.askers(path) === 1 && !claims.isNeeded(path);
  if (isFree && asked !== undefined && isSame(asked, field)) {
    return { kind: 'spliced', fields: [asked] };
  }
  const definition = type.getFields()[field.name.value];
  const inner = definition && getNamedType(definition.type);
  if (field.selectionSet === undefined || !isObjectType(inner)) return { kind: 'value', name };
  const value = asked && withoutWrappers(asked.value);
  const columns = columnsOf(field.selectionSet, {
    type: inner,
    shape: value?.kind === 'object' ? value.shape() : undefined,
    names: path,
    claims,
  });
  return columns === null ? { kind: 'value', name } : { kind: 'object', name, columns };
};

/** Whether the client and the fetch ask for the same, of the same type. */
const isSame = (asked: FieldShape, { name, selectionSet }: FieldNode): boolean => {
  if (asked.fieldName !== name.value) return false;
  const value = withoutWrappers(asked.value);
  if (value.kind === 'leaf' || value.kind === 'typename') return selectionSet === undefined;
  if (value.kind !== 'object' || selectionSet === undefined) return false;
  const { fields } = value.shape();
  const others = plainFields(selectionSet);
  return (
    others?.length === fields.length &&
    others.every((other, index) => {
      const field = fields[index];
      return field?.responseName === responseName(other) && isSame(field, other);
    })
  );
};

/** Neighbours that are neighbours in the answer too become one text; a small value alone, none. */
const joined = (columns: readonly Column[], shape: ObjectShape | undefined): readonly Column[] => {
  const found: Column[] = [];
  for (const column of columns) {
    const last = found.at(-1);
    if (last?.kind !== 'spliced' || column.kind !== 'spliced') {
      found.push(column);
      continue;
    }
    const [first, ...more] = last.fields;
    const place = shape?.fields.indexOf(more.at(-1) ?? first) ?? -1;
    if (shape?.fields[place + 1] !== column.fields[0]) found.push(column);
    else found.splice(-1, 1, { kind: 'spliced', fields: [first, ...more, ...column.fields] });
  }
  return found.map(unlessSmall);
};

/** A number or a Boolean takes less room as a value. */
const unlessSmall = (column: Column): Column => {
  if (column.kind !== 'spliced' || column.fields.length > 1) return column;
  const [{ responseName: name, value }] = column.fields;
  const leaf = value.kind === 'nonNull' ? value.of : value;
  const isSmall = leaf.kind === 'leaf' && ['Int', 'Boolean'].includes(leaf.type.name);
  return isSmall ? { kind: 'value', name } : column;
};
