import { type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql';
import { isInherited } from '../../execution/tree.ts';

/** What of a supergraph decides which names are in the planner's way. */
export interface PlannedNames {
  /** Every field of every type. */
  readonly fieldNames: readonly string[];
  /** Fields that a `@requires` gives arguments to. */
  readonly requiredWithArguments: readonly string[];
}

export interface RenamedFields {
  readonly document: DocumentNode;
  /** By name in the plan: the name that the client reads. */
  readonly clientNames: ReadonlyMap<string, string>;
}

/**
 * Apollo's planner gathers under the client's names what it needs itself: keys, required fields,
 * contexts, `__typename`. A client's alias of such a name, or its field with other arguments than a
 * `@requires` gives it, takes their place without a word; and where a name stands for different things
 * in objects of different types, one is asked for both (tests/execution/wrong-plans: alias-named-as-*,
 * alias-named-typename, arguments-of-a-required-field, one-name-in-two-implementations). So names that
 * could be in its way are others for as long as an operation is planned and run.
 */
export const renameFields = (document: DocumentNode, names: PlannedNames): RenamedFields => {
  const fieldNames = new Set(names.fieldNames);
  const required = new Set(names.requiredWithArguments);
  const meanings = meaningsOf(document);
  const clientNames = new Map<string, string>();
  const renamed = new Map<string, string>();

  const isInTheWay = (field: FieldNode): boolean => {
    const name = responseName(field);
    const isAlias = name !== field.name.value;
    if (isAlias && (fieldNames.has(name) || name === '__typename' || isInherited(name)))
      return true;
    const hasArguments = (field.arguments?.length ?? 0) > 0;
    if (hasArguments && required.has(field.name.value)) return true;
    return (isAlias || hasArguments) && (meanings.get(name)?.size ?? 0) > 1;
  };

  const nameFor = (field: FieldNode): string => {
    const meaning = `${responseName(field)} ${meaningOf(field)}`;
    const known = renamed.get(meaning);
    if (known !== undefined) return known;
    const made = unusedName(responseName(field), renamed.size, fieldNames, meanings);
    renamed.set(meaning, made);
    clientNames.set(made, responseName(field));
    return made;
  };

  const changed = visit(document, {
    Field: (field) => {
      if (isIntrospection(field)) return false;
      if (!isInTheWay(field)) return undefined;
      return { ...field, alias: { kind: Kind.NAME, value: nameFor(field) } };
    },
  });
  return { document: changed, clientNames };
};

/** The router answers it itself, and needs no plan for what is in it. */
const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The field and its arguments. */
const meaningOf = ({ name, arguments: args = [] }: FieldNode): string =>
  `${name.value}(${args
    .map((each) => print(each))
    .sort()
    .join()})`;

/** By response name: what it stands for. */
const meaningsOf = (document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> => {
  const meanings = new Map<string, Set<string>>();
  visit(document, {
    Field: (field) => {
      if (isIntrospection(field)) return false;
      const known = meanings.get(responseName(field)) ?? new Set();
      meanings.set(responseName(field), known.add(meaningOf(field)));
      return undefined;
    },
  });
  return meanings;
};

const unusedName = (
  name: string,
  number: number,
  fieldNames: ReadonlySet<string>,
  used: ReadonlyMap<string, unknown>,
): string => {
  let made = `r${number}_${name}`;
  while (fieldNames.has(made) || used.has(made)) made = `r${made}`;
  return made;
};
