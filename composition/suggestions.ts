import { print } from 'graphql';
import { definitionOf, fieldsOf, keysOf, type SubgraphSchema, typesNamed } from './definitions.ts';
import { readUnreachable } from './steps.ts';

/** Says what to write and where, from what a composer's message tells; null where nothing follows from it. */
type Suggest = (message: string, subgraphs: readonly SubgraphSchema[]) => string | null;

/** `@key(fields: "sku")` of a type that has no `sku`: what the other subgraphs know it by, or what is nearly so called. */
const missingKeyField: Suggest = (message, subgraphs) => {
  const [, name = '', type = '', field = ''] =
    /^\[(\w+)\] On type "(\w+)", for @key\(.*\): Cannot query field "(\w+)"/.exec(message) ?? [];
  const subgraph = subgraphs.find((each) => each.name === name);
  if (/@key\(.*\): Syntax Error/.test(message)) {
    return 'Write the fields of @key as a selection, such as "id" or "id seller { id }".';
  }
  if (subgraph === undefined) return null;
  for (const other of subgraphs) {
    const defined = definitionOf(other, `${type}.${field}`);
    if (defined === undefined || !('type' in defined)) continue;
    return `Add \`${field}: ${print(defined.type)}\` to ${type} in ${name}, as ${other.name} has it.`;
  }
  const own = fieldsOf(subgraph, type).map((each) => each.name.value);
  const keys = [
    ...new Set(subgraphs.filter((each) => each !== subgraph).flatMap((each) => keysOf(each, type))),
  ];
  const known = keys.find((key) => own.includes(key));
  if (known !== undefined) {
    return `Write \`@key(fields: "${known}")\`, by which other subgraphs know ${type} too, or add \`${field}\` to ${type} in ${name}.`;
  }
  return own.length === 0
    ? null
    : `Add \`${field}\` to ${type} in ${name}, or name one of its fields: ${own.join(', ')}.`;
};

/** The type that most subgraphs give, and the first of those that give another. */
const typeMismatch: Suggest = (message, subgraphs) => {
  const [, coordinate = ''] = /^Type of (?:field|argument) "([^"]+)"/.exec(message) ?? [];
  const given = subgraphs.flatMap((subgraph) => {
    const defined = definitionOf(subgraph, coordinate);
    if (defined === undefined || !('type' in defined)) return [];
    const isExternal = defined.directives?.some(({ name }) => name.value === 'external') ?? false;
    return [{ name: subgraph.name, type: print(defined.type), isExternal }];
  });
  const deciding = given.filter(({ isExternal }) => !isExternal);
  const votes = (type: string): number => deciding.filter((each) => each.type === type).length;
  const [first, ...rest] = deciding;
  if (first === undefined) return null;
  const best = rest.reduce(
    (most, each) => (votes(each.type) > votes(most.type) ? each : most),
    first,
  );
  const others = given.filter(({ type }) => type !== best.type);
  if (others.length === 0) return null;
  const where = others.map(({ name }) => name).join(' and ');
  const what = `${coordinate.split(/[.(]/).at(-1)?.replace(':)', '') ?? ''}: ${best.type}`;
  return `In ${where} write \`${what}\`, as ${best.name} has it, or change it in every subgraph.`;
};

/** The subgraphs in which `@shareable` is missing. */
const missingShareable: Suggest = (message, subgraphs) => {
  const [, coordinate = '', list = ''] =
    /^Non-shareable field "([^"]+)" .* defined as non-shareable in (.*)$/.exec(message) ?? [];
  const isAll = list.startsWith('all');
  const without = subgraphs.filter(
    (each) =>
      definitionOf(each, coordinate) !== undefined && (isAll || list.includes(`"${each.name}"`)),
  );
  if (without.length === 0) return null;
  const [type = '', field = ''] = coordinate.split('.');
  const [unkeyed] = without;
  const keys = subgraphs.flatMap((each) => keysOf(each, type));
  if (unkeyed !== undefined && keys.includes(field) && keysOf(unkeyed, type).length === 0) {
    return `Add \`@key(fields: "${field}")\` to ${type} in ${unkeyed.name}, by which the others know it.`;
  }
  const lines = without.map((each) => {
    const defined = definitionOf(each, coordinate);
    const type = defined !== undefined && 'type' in defined ? print(defined.type) : '';
    return `\`${coordinate.split('.')[1]}: ${type} @shareable\` in ${each.name}`;
  });
  return `If every subgraph gives the same value, write ${lines.join(' and ')}; else remove it from all but one, or move it with @override(from:).`;
};

/** `@external` with nobody who gives the field. */
const nobodyResolves: Suggest = (message, subgraphs) => {
  const [, coordinate = ''] = /^Field "([^"]+)" is marked @external on all/.exec(message) ?? [];
  const [type = '', field = ''] = coordinate.split('.');
  const owner = subgraphs.find(
    (each) => keysOf(each, type).length > 0 && definitionOf(each, coordinate) === undefined,
  );
  return owner === undefined
    ? null
    : `Add \`${field}\` to ${type} in ${owner.name}, or remove @external.`;
};

/** Where no way leads to a field: what would open one. */
const unsatisfiable: Suggest = (message, subgraphs) => {
  const unreachable = readUnreachable(message);
  if (unreachable === null) return null;
  const { target, from, owners } = unreachable;
  const [type = '', field = ''] = target.split('.');
  const start = subgraphs.find(({ name }) => name === from);
  const owner = subgraphs.find(({ name }) => name === owners[0]);
  if (start === undefined || owner === undefined) return null;
  const known = [...keysOf(start, type), ...fieldsOf(start, type).map(({ name }) => name.value)];
  const has = fieldsOf(owner, type).map(({ name }) => name.value);
  const shared = known.find((key) => has.includes(key) && !isComposite(owner, type, key));
  if (subgraphs.every((each) => keysOf(each, type).length === 0)) {
    return `Define \`${fieldText(owner, type, field)} @shareable\` in ${type} in ${start.name} and ${owner.name} alike, or make ${type} an entity with a @key.`;
  }
  if (/"resolvable" argument set to false/.test(message)) {
    return `Remove \`resolvable: false\` from the @key of ${type} in ${owner.name}, and resolve its references there.`;
  }
  if (shared !== undefined) {
    return `Add \`@key(fields: "${shared}")\` to ${type} in ${owner.name}, which ${start.name} can give, and resolve its references there.`;
  }
  const [key] = keysOf(owner, type);
  if (key?.includes('{')) {
    return `Let ${start.name} give \`${key}\` of ${type}, so that it can lead to ${owner.name} by @key(fields: "${key}").`;
  }
  if (key !== undefined) {
    const fields = key.split(/\s+/).map((name) => `\`${fieldText(owner, type, name)}\``);
    return `Add ${fields.join(' and ')} to ${type} in ${start.name}, so that it can lead to ${owner.name} by @key(fields: "${key}").`;
  }
  return null;
};

/** A key by an object names fields of it. */
const isComposite = (subgraph: SubgraphSchema, type: string, field: string): boolean => {
  const defined = definitionOf(subgraph, `${type}.${field}`);
  const name = defined !== undefined && 'type' in defined ? print(defined.type) : '';
  return fieldsOf(subgraph, name.replaceAll(/[[\]!]/g, '')).length > 0;
};

/** `"CHF" is defined in subgraph "cart" but not in subgraphs "catalog" and "users"` */
const missingValue: Suggest = (message) => {
  const [, type = ''] = /^Enum type "(\w+)"/.exec(message) ?? [];
  const [, value, missing = ''] = /"(\w+)" is defined in .* but not in (.*)$/.exec(message) ?? [];
  return value === undefined ? null : `Add \`${value}\` to ${type} in ${namesIn(missing)}.`;
};

/** What is required here and not there. */
const missingRequired: Suggest = (message, subgraphs) => {
  const [, coordinate = '', has = '', lacks = ''] =
    /"([^"]+)" is required in some .*: it is required in (.*) but does not appear in (.*)$/.exec(
      message,
    ) ?? [];
  const owner = subgraphs.find(({ name }) => has.includes(`"${name}"`));
  const defined = owner && definitionOf(owner, coordinate);
  if (defined === undefined || !('type' in defined)) return null;
  const text = `${defined.name.value}: ${print(defined.type)}`;
  const parent = coordinate.replace(/\(.*\)$|\.\w+$/, '');
  return `Add \`${text}\` to ${parent} in ${namesIn(lacks)}, or write \`${text.replace(/!$/, '')}\` in ${namesIn(has)}.`;
};

/** A field that is required of others, and that this subgraph says it resolves. */
const missingExternal: Suggest = (message, subgraphs) => {
  const [, name = '', type = '', field = ''] =
    /^\[(\w+)\] .* field "(\w+)\.(\w+)" should not be part of/.exec(message) ?? [];
  const subgraph = subgraphs.find((each) => each.name === name);
  return subgraph === undefined
    ? null
    : `Write \`${fieldText(subgraph, type, field)} @external\` in ${type} in ${name}, without @shareable, or leave it out of the selection.`;
};

/** A type or a directive that the schema uses and does not have. */
const unknownName: Suggest = (message, subgraphs) => {
  const [, inSubgraph = '', type] = /^\[(\w+)\] Unknown type "?(\w+)"?/.exec(message) ?? [];
  const [, , directive] =
    /^\[(\w+)\] Unknown directive "(@\w+)".* to the `import`/.exec(message) ?? [];
  if (directive !== undefined) {
    return `Add "${directive}" to the \`import\` of the @link to federation at the top of the schema.`;
  }
  if (/^\[\w+\] Unknown directive .* is imported under that name/.test(message)) {
    return 'Link a version of federation that has the directive and that the composer knows, such as v2.12.';
  }
  const other = type && subgraphs.find((each) => typesNamed(each, type).length > 0);
  return other ? `Declare ${type} in ${inSubgraph} too, as ${other.name} has it.` : null;
};

const namesIn = (list: string): string =>
  [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name).join(' and ');

const fieldText = (subgraph: SubgraphSchema, type: string, name: string): string => {
  const defined = definitionOf(subgraph, `${type}.${name}`);
  return defined !== undefined && 'type' in defined ? `${name}: ${print(defined.type)}` : name;
};

const SUGGEST: Readonly<Record<string, Suggest>> = {
  KEY_INVALID_FIELDS: missingKeyField,
  FIELD_TYPE_MISMATCH: typeMismatch,
  FIELD_ARGUMENT_TYPE_MISMATCH: typeMismatch,
  EXTERNAL_TYPE_MISMATCH: typeMismatch,
  INVALID_FIELD_SHARING: missingShareable,
  EXTERNAL_MISSING_ON_BASE: nobodyResolves,
  SATISFIABILITY_ERROR: unsatisfiable,
  ENUM_VALUE_MISMATCH: missingValue,
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: missingRequired,
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: missingRequired,
  REQUIRES_FIELDS_MISSING_EXTERNAL: missingExternal,
  INVALID_GRAPHQL: unknownName,
};

/** The change that mends a problem, where one can be derived; null where not. */
export const suggestionFor = (
  code: string,
  message: string,
  subgraphs: readonly SubgraphSchema[],
): string | null => SUGGEST[code]?.(message, subgraphs) ?? null;
