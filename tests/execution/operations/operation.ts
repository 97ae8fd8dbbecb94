import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { Avoided } from '../federations/federation.ts';
import { writeArguments } from './arguments.ts';
import type { OperationChoices, SelectionChoices } from './choices.ts';
import { type Scope, takeName, type Writing } from './writing.ts';

/** A valid operation over an API schema. */
export interface Operation {
  readonly document: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads choices as an operation over `schema`. */
export const writeOperation = (
  schema: GraphQLSchema,
  choices: OperationChoices,
  avoids: readonly Avoided[],
): Operation => {
  const writing: Writing = {
    schema,
    avoids,
    fragments: [],
    definitions: new Map(),
    values: new Map(),
  };
  const mutation = choices.mutation ? schema.getMutationType() : undefined;
  const root = mutation ?? schema.getQueryType();
  if (!root) throw new Error('There is nothing to query.');
  const scope: Scope = new Map();
  const always = !writing.avoids.includes('conditions') ? `${TYPENAME} ` : '';
  const selections = choices.selections.map((each) =>
    each.field > 56 && mutation === undefined
      ? writeIntrospection(writing, each, scope)
      : writeSelection(writing, root, each, scope),
  );
  const head =
    writing.definitions.size === 0 ? '' : `(${[...writing.definitions.values()].join(' ')})`;
  const kind = mutation ? 'mutation' : 'query';
  const operation = `${kind} ${choices.named ? 'Chosen' : ''}${head} { ${always}${selections.join(' ')} }`;
  const others = choices.named ? ['query Other { __typename }'] : [];
  return {
    document: [...others, operation, ...writing.fragments].join('\n'),
    operationName: choices.named ? 'Chosen' : undefined,
    variables: Object.fromEntries(writing.values),
  };
};

const INTROSPECTION = [
  '__schema { queryType { name } }',
  '__type(name: "Query") { kind name }',
  '__type(name: "Nothing") { name }',
];

/** Outside of fragments only: Apollo's planner fails on it elsewhere. */
const writeIntrospection = (writing: Writing, choices: SelectionChoices, scope: Scope): string => {
  const what = INTROSPECTION[choices.values % INTROSPECTION.length] ?? TYPENAME;
  const plain = what.startsWith('__schema') ? '__schema' : '__type';
  const wanted = aliasOf(writing, choices) ?? plain;
  const { name } = takeName(scope, wanted, { parent: undefined, what, type: what });
  return name === plain ? what : `${name}: ${what}`;
};

const writeSelections = (
  writing: Writing,
  type: GraphQLCompositeType,
  choices: readonly SelectionChoices[],
  scope: Scope,
): string => {
  const selections = choices.map((each) => writeSelection(writing, type, each, scope));
  // Apollo's planner forgets an object of which all that is asked is conditional: see wrong-plans/.
  const always = !writing.avoids.includes('conditions') ? `${TYPENAME} ` : '';
  return `{ ${always}${selections.join(' ')} }`;
};

const writeSelection = (
  writing: Writing,
  type: GraphQLCompositeType,
  choices: SelectionChoices,
  scope: Scope,
): string => {
  const isFragment =
    choices.children.length > 0 && choices.fragment >= (isAbstractType(type) ? 4 : 8);
  return isFragment
    ? writeFragment(writing, type, choices, scope)
    : writeField(writing, type, choices, scope);
};

const writeFragment = (
  writing: Writing,
  type: GraphQLCompositeType,
  choices: SelectionChoices,
  scope: Scope,
): string => {
  const conditions = overlapping(writing.schema, type);
  const condition = conditions[choices.field % conditions.length] ?? type;
  const directive = writing.avoids.includes('directives-on-fragments')
    ? ''
    : writeDirective(writing, choices.directive);
  const content = writeSelections(writing, condition, choices.children, scope);
  if (choices.alias < 12) {
    const on = condition === type && choices.alias < 2 ? '' : `on ${condition.name}`;
    return `... ${on}${directive} ${content}`;
  }
  const name = `F${writing.fragments.length}`;
  writing.fragments.push(`fragment ${name} on ${condition.name} ${content}`);
  // The same content twice, once perhaps under a condition, is that content.
  const again = choices.alias === 19 ? ` ...${name}` : '';
  return `...${name}${directive}${again}`;
};

/** The types of which objects can be of `type` too; itself last, so that others are met more. */
const overlapping = (schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] => {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const abstract = Object.values(schema.getTypeMap()).filter(
    (each) =>
      isAbstractType(each) &&
      each !== type &&
      possible.some((object) => isObjectType(object) && schema.isSubType(each, object)),
  );
  return [...possible, ...abstract.filter(isCompositeType), type];
};

const HARMLESS_ALIASES = ['one', 'two', 'three', '__proto__'];

const ALIASES = [
  ...HARMLESS_ALIASES,
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  'then',
];

const TYPENAME = '__typename';

const writeField = (
  writing: Writing,
  type: GraphQLCompositeType,
  choices: SelectionChoices,
  scope: Scope,
): string => {
  const field = chooseField(type, choices);
  if (field === undefined) return writeTypename(writing, type, choices, scope);
  const args = writeArguments(writing, field.args, choices.values);
  const { name, inner } = takeName(scope, aliasOf(writing, choices) ?? field.name, {
    parent: !writing.avoids.includes('reused-names') && isObjectType(type) ? type.name : undefined,
    what: `${field.name}${args}`,
    type: String(field.type),
  });
  const directive = writeDirective(writing, choices.directive);
  const text = `${name === field.name ? '' : `${name}: `}${field.name}${args}${directive}`;
  const named = getNamedType(field.type);
  if (!isCompositeType(named)) return text;
  const children = choices.children.length > 0 ? choices.children : [smallest(named, choices)];
  return `${text} ${writeSelections(writing, named, children, inner)}`;
};

const writeTypename = (
  writing: Writing,
  type: GraphQLCompositeType,
  choices: SelectionChoices,
  scope: Scope,
): string => {
  const { name } = takeName(scope, aliasOf(writing, choices) ?? TYPENAME, {
    parent: !writing.avoids.includes('reused-names') && isObjectType(type) ? type.name : undefined,
    what: TYPENAME,
    type: 'String!',
  });
  const directive = writeDirective(writing, choices.directive);
  return `${name === TYPENAME ? '' : `${name}: `}${TYPENAME}${directive}`;
};

/** Of the fields of a type one, or undefined for `__typename`. */
const chooseField = (
  type: GraphQLCompositeType,
  choices: SelectionChoices,
): GraphQLField<unknown, unknown> | undefined => {
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  return fields[choices.field % (fields.length + 1)];
};

/** Where nothing is chosen of an object: a leaf of it. */
const smallest = (type: GraphQLCompositeType, choices: SelectionChoices): SelectionChoices => {
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const leaf = fields.findIndex((field) => isLeafType(getNamedType(field.type)));
  const field = leaf === -1 ? fields.length : leaf;
  return { ...choices, field, fragment: 0, alias: 0, directive: 0, values: 0 };
};

const aliasOf = ({ avoids }: Writing, { alias }: SelectionChoices): string | undefined => {
  const aliases = avoids.includes('aliases-that-are-fields') ? HARMLESS_ALIASES : ALIASES;
  return alias < 10 ? undefined : aliases[(alias - 10) % aliases.length];
};

/** Most selections have none; a few are never or always there, a few depend on a variable. */
const writeDirective = (writing: Writing, directive: number): string => {
  const name = directive % 2 === 0 ? 'include' : 'skip';
  if (directive < 22) return '';
  if (directive < 24 || writing.avoids.includes('conditions'))
    return ` @${name}(if: ${directive % 2 === 0})`;
  const variable = `c${directive % 3}`;
  const value = directive % 5 < 3;
  const definition =
    directive % 3 === 0 ? `$${variable}: Boolean! = ${value}` : `$${variable}: Boolean!`;
  if (!writing.definitions.has(variable)) {
    writing.definitions.set(variable, definition);
    if (directive % 3 !== 0 || directive % 5 === 1) writing.values.set(variable, value);
  }
  return ` @${name}(if: $${variable})`;
};
