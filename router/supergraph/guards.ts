import {
  type Directive,
  FieldDefinition,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  type Supergraph,
} from '@apollo/federation-internals';
import type { Guard, Guards } from '../authorization/guard.ts';

/**
 * What the supergraph asks of whoever wants to see its fields and types.
 *
 * https://www.apollographql.com/docs/graphos/routing/security/authorization
 */
export const guardsOf = (supergraph: Supergraph): Guards => {
  const guards: Record<string, readonly Guard[]> = {};
  const add = (name: string, guardOf: (directive: Directive) => Guard): void => {
    for (const directive of applicationsOf(supergraph, name)) {
      const place = coordinateOf(directive.parent);
      if (place !== undefined) guards[place] = [...(guards[place] ?? []), guardOf(directive)];
    }
  };
  add('authenticated', () => ({ kind: 'authenticated' }));
  add('requiresScopes', (directive) => ({
    kind: 'scopes',
    anyOf: alternatives(directive, 'scopes'),
  }));
  add('policy', (directive) => ({ kind: 'policies', anyOf: alternatives(directive, 'policies') }));
  return guards;
};

/** The applications of a security directive, under whatever name the supergraph imports it. */
const applicationsOf = ({ schema }: Supergraph, name: string): readonly Directive[] => {
  const feature = schema.coreFeatures?.getByIdentity(`https://specs.apollo.dev/${name}`);
  const directive = feature && schema.directive(feature.directiveNameInSchema(name));
  return directive === undefined ? [] : [...directive.applications()];
};

const coordinateOf = (element: unknown): string | undefined => {
  if (element instanceof FieldDefinition) return element.coordinate;
  const type = element as Parameters<typeof isObjectType>[0];
  const isType =
    isObjectType(type) || isInterfaceType(type) || isScalarType(type) || isEnumType(type);
  return isType ? type.name : undefined;
};

/** `[["a", "b"], ["c"]]`: a and b, or c. */
const alternatives = (directive: Directive, argument: string): readonly (readonly string[])[] =>
  directive.arguments()[argument];
