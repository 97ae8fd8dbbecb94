/**
 * What mends an error of composition, by its code. The codes are federation's own:
 * https://www.apollographql.com/docs/graphos/reference/federation/errors
 */
const CURES: Readonly<Record<string, string>> = {
  ARGUMENT_DEFAULT_MISMATCH: 'Give the argument the same default in every subgraph.',
  ENUM_VALUE_MISMATCH:
    'The enum is used for input and output, so every subgraph must declare the same values.',
  EXTERNAL_MISSING_ON_BASE: 'Some subgraph must define the field without @external.',
  EXTERNAL_TYPE_MISMATCH: 'Copy the type of the field from the subgraph that owns it.',
  EXTERNAL_UNUSED: 'Remove the @external field, or name it in @requires, @provides or @key.',
  FIELD_TYPE_MISMATCH: 'Give the field the same type in every subgraph that defines it.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument the same type in every subgraph.',
  INVALID_FIELD_SHARING:
    'Mark the field @shareable in every subgraph that resolves it, move it with @override(from:), or remove it from all but one.',
  INVALID_GRAPHQL: 'Correct the schema; the message says where it is not GraphQL.',
  INVALID_LINK_DIRECTIVE_USAGE: 'Correct the @link at the top of the schema.',
  KEY_FIELDS_HAS_ARGS: 'Choose key fields without arguments.',
  KEY_INVALID_FIELDS: 'Name fields in @key that the type has.',
  KEY_INVALID_FIELDS_TYPE: 'Write the fields of @key as one string.',
  NO_QUERIES: 'Some subgraph must define a field of Query.',
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE:
    'Remove @external, @provides or @requires from the overridden field.',
  OVERRIDE_FROM_SELF_ERROR: 'Name another subgraph in @override(from:).',
  PROVIDES_INVALID_FIELDS: 'Name fields in @provides that the returned type has.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH:
    'Add the argument to every subgraph, or make it optional.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field to every subgraph, or make it optional.',
  REQUIRES_FIELDS_MISSING_EXTERNAL: 'Declare the required fields in this subgraph, with @external.',
  REQUIRES_INVALID_FIELDS: 'Name fields in @requires that the type has.',
  SATISFIABILITY_ERROR:
    'Give the type a @key that both subgraphs resolve, or mark the field @shareable where it is needed.',
  TYPE_KIND_MISMATCH: 'Define the type as the same kind in every subgraph.',
  UNKNOWN_FEDERATION_LINK_VERSION:
    'Link a version of federation that the composer knows, such as v2.9.',
};

/** One sentence that says how to mend an error with this code; empty where nothing general can be said. */
export const cureOf = (code: string): string => CURES[code] ?? '';
