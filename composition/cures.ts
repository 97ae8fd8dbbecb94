/**
 * What mends an error of composition, by its code. The codes are federation's own:
 * https://www.apollographql.com/docs/graphos/reference/federation/errors
 */
const CURES: Readonly<Record<string, string>> = {
  AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE:
    'Put @authenticated, @requiresScopes and @policy on the objects that implement the interface.',
  CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS:
    'Mark the argument @fromContext in every subgraph, or make it optional where it is not.',
  CONTEXT_INVALID_SELECTION: 'Let the selection of @fromContext end in one field.',
  CONTEXT_NAME_INVALID: 'Give the context a name of letters and digits, without underscores.',
  CONTEXT_NOT_SET: 'Set the context with @context on a type above, or correct its name.',
  CONTEXT_NO_RESOLVABLE_KEY: 'Give the type a @key that is resolvable in this subgraph.',
  COST_APPLIED_TO_INTERFACE_FIELD: 'Put @cost on the fields of the objects that implement it.',
  DEFAULT_VALUE_USES_INACCESSIBLE: 'Choose a default that clients can see.',
  DIRECTIVE_COMPOSITION_ERROR:
    'Link the directive under the same name and version in every subgraph that composes it.',
  DIRECTIVE_DEFINITION_INVALID:
    'Import the directive with @link in place of defining it, or define it as the specification does.',
  DISALLOWED_INACCESSIBLE: 'Remove @inaccessible: what is built in is always visible.',
  DOWNSTREAM_SERVICE_ERROR: 'See why the subgraph cannot be asked for its schema.',
  EMPTY_MERGED_ENUM_TYPE: 'Declare at least one value of the enum in every subgraph that has it.',
  EMPTY_MERGED_INPUT_TYPE:
    'Declare at least one field of the input type in every subgraph that has it, or give the types different names.',
  ENUM_VALUE_MISMATCH:
    'The enum is used for input and output, so every subgraph must declare the same values.',
  EXTENSION_WITH_NO_BASE: 'Remove `extend`, or correct the name of the type.',
  EXTERNAL_ARGUMENT_DEFAULT_MISMATCH:
    'Copy the default of the argument from the subgraph that owns the field.',
  EXTERNAL_ARGUMENT_MISSING: 'Copy the arguments of the field from the subgraph that owns it.',
  EXTERNAL_ARGUMENT_TYPE_MISMATCH:
    'Copy the type of the argument from the subgraph that owns the field.',
  EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE:
    'Remove the other directive: a subgraph that does not resolve a field says nothing more of it.',
  EXTERNAL_MISSING_ON_BASE: 'Some subgraph must define the field without @external.',
  EXTERNAL_ON_INTERFACE: 'Put @external on the fields of the objects that implement the interface.',
  EXTERNAL_TYPE_MISMATCH: 'Copy the type of the field from the subgraph that owns it.',
  EXTERNAL_UNUSED: 'Remove the @external field, or name it in @requires, @provides or @key.',
  FIELD_ARGUMENT_DEFAULT_MISMATCH: 'Give the argument the same default in every subgraph.',
  FIELD_ARGUMENT_TYPE_MISMATCH: 'Give the argument the same type in every subgraph.',
  FIELD_TYPE_MISMATCH: 'Give the field the same type in every subgraph that defines it.',
  IMPLEMENTED_BY_INACCESSIBLE:
    'Mark the field of the interface @inaccessible too, or none of them.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Give the input field the same default in every subgraph.',
  INTERFACE_FIELD_NO_IMPLEM:
    'Add the field to the type in a subgraph that resolves it, or remove it from the interface.',
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE:
    'A subgraph with a @key on an interface must define every object that implements it.',
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION:
    'Give every object that implements the interface the same @key.',
  INTERFACE_OBJECT_USAGE_ERROR:
    'Use @interfaceObject on a type with the @key of an interface that another subgraph defines.',
  INVALID_FEDERATION_SUPERGRAPH: 'Compose it again; a supergraph is not written by hand.',
  INVALID_FIELD_SHARING:
    'Mark the field @shareable in every subgraph that resolves it, move it with @override(from:), or remove it from all but one.',
  INVALID_GRAPHQL: 'Correct the schema; the message says where it is not GraphQL.',
  INVALID_LINK_DIRECTIVE_USAGE: 'Correct the @link at the top of the schema.',
  INVALID_LINK_IDENTIFIER: 'Write the url of @link as https://…/name/v1.0.',
  INVALID_SHAREABLE_USAGE: 'Put @shareable on objects and their fields, not on interfaces.',
  INVALID_SUBGRAPH_NAME: 'Name the subgraph otherwise in supergraph.yaml.',
  KEY_DIRECTIVE_IN_FIELDS_ARG: 'Remove the directive from the fields of @key.',
  KEY_FIELDS_HAS_ARGS: 'Choose key fields without arguments.',
  KEY_FIELDS_SELECT_INVALID_TYPE: 'Choose key fields that are no lists, interfaces or unions.',
  KEY_INVALID_FIELDS: 'Name fields in @key that the type has.',
  KEY_INVALID_FIELDS_TYPE: 'Write the fields of @key as one string.',
  KEY_UNSUPPORTED_ON_INTERFACE: 'Link federation v2.3 or later for a @key on an interface.',
  LINK_IMPORT_NAME_MISMATCH: 'Import the directive under the same name in every subgraph.',
  LIST_SIZE_APPLIED_TO_NON_LIST: 'Put @listSize on a field that is a list, or name sizedFields.',
  LIST_SIZE_INVALID_ASSUMED_SIZE: 'Give assumedSize a number that is not negative.',
  LIST_SIZE_INVALID_SIZED_FIELD: 'Name list fields of the returned type in sizedFields.',
  LIST_SIZE_INVALID_SLICING_ARGUMENT: 'Name Int arguments of the field in slicingArguments.',
  MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED:
    'Fewer keys and shared fields leave fewer ways to look at; which type has many is in the message.',
  MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL:
    'Move the directive to the subgraph that resolves the field.',
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS:
    'Ask of the field at least what the fields in its @requires or @fromContext ask for.',
  NO_CONTEXT_IN_SELECTION:
    'Begin the selection of @fromContext with the name of a context, such as $user.',
  NO_QUERIES: 'Some subgraph must define a field of Query.',
  ONLY_INACCESSIBLE_CHILDREN:
    'Leave something of the type visible, or mark the type @inaccessible.',
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE:
    'Remove @external, @provides or @requires from the overridden field.',
  OVERRIDE_FROM_SELF_ERROR: 'Name another subgraph in @override(from:).',
  OVERRIDE_LABEL_INVALID: 'Write the label as percent(5), or as a word that begins with a letter.',
  OVERRIDE_ON_INTERFACE: 'Put @override on the fields of the objects that implement the interface.',
  OVERRIDE_SOURCE_HAS_OVERRIDE:
    'Remove @override from all but the subgraph that is to resolve the field.',
  PROVIDES_DIRECTIVE_IN_FIELDS_ARG: 'Remove the directive from the fields of @provides.',
  PROVIDES_FIELDS_HAS_ARGS: 'Provide fields without arguments.',
  PROVIDES_FIELDS_MISSING_EXTERNAL: 'Mark the provided fields @external in this subgraph.',
  PROVIDES_INVALID_FIELDS:
    'Name fields in @provides that the returned type has, each declared here with @external.',
  PROVIDES_INVALID_FIELDS_TYPE: 'Write the fields of @provides as one string.',
  PROVIDES_ON_NON_OBJECT_FIELD: 'Remove @provides from a field that gives no object.',
  PROVIDES_UNSUPPORTED_ON_INTERFACE:
    'Put @provides on the fields of the objects that implement the interface.',
  QUERY_ROOT_TYPE_INACCESSIBLE: 'Remove @inaccessible from Query.',
  REFERENCED_INACCESSIBLE: 'Mark what refers to it @inaccessible too, or leave it visible.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH:
    'Add the argument to every subgraph, or make it optional.',
  REQUIRED_INACCESSIBLE: 'Make it optional, or leave it visible: nobody could give it.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field to every subgraph, or make it optional.',
  REQUIRES_DIRECTIVE_IN_FIELDS_ARG: 'Remove the directive from the fields of @requires.',
  REQUIRES_FIELDS_MISSING_EXTERNAL: 'Declare the required fields in this subgraph, with @external.',
  REQUIRES_INVALID_FIELDS:
    'Name fields in @requires that the type has, each declared here with @external.',
  REQUIRES_INVALID_FIELDS_TYPE: 'Write the fields of @requires as one string.',
  REQUIRES_UNSUPPORTED_ON_INTERFACE:
    'Put @requires on the fields of the objects that implement the interface.',
  ROOT_MUTATION_USED: 'Name the type otherwise, or let it be the root of mutations.',
  ROOT_QUERY_USED: 'Name the type otherwise, or let it be the root of queries.',
  ROOT_SUBSCRIPTION_USED: 'Name the type otherwise, or let it be the root of subscriptions.',
  SATISFIABILITY_ERROR:
    'Give the type a @key that both subgraphs resolve, or mark the field @shareable where it is needed.',
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES:
    'Let the field give the same types in every subgraph that shares it.',
  TYPE_DEFINITION_INVALID: 'Import the type with @link in place of defining it.',
  TYPE_KIND_MISMATCH: 'Define the type as the same kind in every subgraph.',
  TYPE_WITH_ONLY_UNUSED_EXTERNAL:
    'Remove the type from this subgraph, which resolves none of its fields.',
  UNKNOWN_FEDERATION_LINK_VERSION:
    'Link a version of federation that the composer knows, such as v2.9.',
  UNKNOWN_LINK_VERSION: 'Link https://specs.apollo.dev/link/v1.0.',
  UNSUPPORTED_FEATURE: 'Leave it out: this composer does not know it.',
  UNSUPPORTED_LINKED_FEATURE:
    'Link a version of the feature that the composer knows, without other options.',
};

/** One sentence that says how to mend an error with this code; null where nothing general can be said. */
export const cureOf = (code: string): string | null => CURES[code] ?? null;
