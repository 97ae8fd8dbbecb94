import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

const INACCESSIBLE = 'https://specs.apollo.dev/inaccessible';
const TAG = 'https://specs.apollo.dev/tag';

/**
 * The schema that clients see where what carries one of the tags is not for them. As GraphOS makes its
 * contracts: what is tagged counts as `@inaccessible`
 * (https://www.apollographql.com/docs/graphos/platform/schema-management/delivery/contracts/overview).
 *
 * @returns null where nothing carries such a tag
 * @throws GraphQLError where what is left would refer to what is not
 */
export const contractSdl = (
  sdl: string,
  supergraph: Supergraph,
  excludedTags: readonly string[],
): string | null => {
  const tag = directiveName(supergraph, TAG);
  if (tag === undefined) return null;
  const inaccessible = directiveName(supergraph, INACCESSIBLE);
  const hidden = hideTagged(parse(sdl, { noLocation: true }), {
    isTagged: (directive) => directive.name.value === tag && isOneOf(directive, excludedTags),
    marked: directiveNode(inaccessible ?? 'inaccessible'),
  });
  if (hidden === null) return null;
  const definitions = [...hidden.definitions, ...(inaccessible === undefined ? FEATURE : [])];
  const contract = Supergraph.build(print({ ...hidden, definitions }), {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return printSchema(contract.apiSchema());
};

/** What a supergraph has that uses `@inaccessible`. */
const FEATURE: readonly DefinitionNode[] = parse(
  `extend schema @link(url: "${INACCESSIBLE}/v0.2", for: SECURITY)
   directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
  { noLocation: true },
).definitions;

/** What the supergraph calls the one directive of a feature; undefined where it has no such feature. */
const directiveName = ({ schema }: Supergraph, identity: string): string | undefined =>
  schema.coreFeatures
    ?.getByIdentity(identity)
    ?.directiveNameInSchema(identity.slice(identity.lastIndexOf('/') + 1));

const directiveNode = (name: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
});

const isOneOf = ({ arguments: args = [] }: ConstDirectiveNode, tags: readonly string[]): boolean =>
  args.some(
    ({ name, value }) =>
      name.value === 'name' && value.kind === Kind.STRING && tags.includes(value.value),
  );

interface Hiding {
  readonly isTagged: (directive: ConstDirectiveNode) => boolean;
  readonly marked: ConstDirectiveNode;
}

/** Null where there is nothing to hide. */
const hideTagged = (document: DocumentNode, { isTagged, marked }: Hiding): DocumentNode | null => {
  const hide = <Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
    node: Node,
  ): Node | undefined => {
    const { directives = [] } = node;
    const isHidden = directives.some(({ name }) => name.value === marked.name.value);
    if (isHidden || !directives.some(isTagged)) return undefined;
    return { ...node, directives: [...directives, marked] };
  };
  const hidden = visit(document, {
    ObjectTypeDefinition: hide,
    InterfaceTypeDefinition: hide,
    UnionTypeDefinition: hide,
    ScalarTypeDefinition: hide,
    EnumTypeDefinition: hide,
    EnumValueDefinition: hide,
    InputObjectTypeDefinition: hide,
    InputValueDefinition: hide,
    FieldDefinition: hide,
  });
  return hidden === document ? null : hidden;
};
