import { FieldDefinition, type Supergraph } from '@apollo/federation-internals';
import { type FieldNode, parse, print, visit } from 'graphql';
import type { ConflictingRequirement } from './corrections/refuse-conflicting-requirements.ts';

interface Requirements {
  /** Fields that a `@requires` gives arguments to. */
  readonly requiredWithArguments: readonly string[];
  readonly conflictingRequirements: readonly ConflictingRequirement[];
}

/** One field that another requires with arguments. */
interface Requirement {
  readonly type: string;
  readonly field: string;
  /** The names that lead to it. */
  readonly path: string;
  readonly required: string;
  readonly args: string;
}

/** What the `@requires` of a supergraph ask with arguments. */
export const requirementsOf = ({ schema }: Supergraph): Requirements => {
  const requirements: Requirement[] = [];
  for (const applied of schema.directive('join__field')?.applications() ?? []) {
    const { requires } = applied.arguments();
    const { parent } = applied;
    if (typeof requires !== 'string' || !(parent instanceof FieldDefinition)) continue;
    for (const each of withArguments(requires)) {
      requirements.push({ type: parent.parent.name, field: parent.name, ...each });
    }
  }
  return {
    requiredWithArguments: [...new Set(requirements.map(({ required }) => required))],
    conflictingRequirements: conflictsOf(requirements),
  };
};

const withArguments = (fieldSet: string): Pick<Requirement, 'path' | 'required' | 'args'>[] => {
  const found: Pick<Requirement, 'path' | 'required' | 'args'>[] = [];
  const names: string[] = [];
  visit(parse(`{${fieldSet}}`), {
    Field: {
      enter: (field) => {
        names.push(field.name.value);
        const args = argumentsOf(field);
        if (args !== '') found.push({ path: names.join('.'), required: field.name.value, args });
      },
      leave: () => {
        names.pop();
      },
    },
  });
  return found;
};

const argumentsOf = ({ arguments: args = [] }: FieldNode): string =>
  args
    .map((each) => print(each))
    .sort()
    .join();

const conflictsOf = (requirements: readonly Requirement[]): ConflictingRequirement[] =>
  requirements.flatMap((one, index) =>
    requirements
      .slice(index + 1)
      .filter(
        (other) =>
          one.type === other.type &&
          one.field !== other.field &&
          one.path === other.path &&
          one.args !== other.args,
      )
      .map((other) => ({ type: one.type, fields: [one.field, other.field] as const })),
  );
