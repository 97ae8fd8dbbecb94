import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { Kind, parse, print, visit } from 'graphql';
import { RESOLVERS } from './resolvers.mjs';

/** @import { DirectiveNode, DocumentNode, FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql' */
/** @import { FederationVersion } from '../shapes.ts' */

export const SUBGRAPHS = Object.keys(RESOLVERS);

/** Which subgraph a type comes from, where it is an entity: federation 1 wants to know. */
const HOME = new Map([
  ['User', 'users'],
  ['Product', 'catalog'],
]);
const ROOTS = ['Query', 'Mutation'];

/**
 * A subgraph's schema, as the version of federation writes it.
 *
 * @param {string} name
 * @param {FederationVersion} federation
 * @returns {DocumentNode}
 */
export const subgraphSchema = (name, federation) => {
  const url = new URL(`schemas/${name}.graphql`, import.meta.url);
  const document = parse(readFileSync(url, 'utf8'), { noLocation: true });
  return federation === 2 ? document : federation1(name, document);
};

/**
 * The supergraph of all subgraphs.
 *
 * @param {Readonly<Record<string, string>>} urls where each subgraph is, by name
 * @returns {string} its SDL
 */
export const composeSupergraph = (urls) => {
  const services = SUBGRAPHS.map((name) => ({
    name,
    url: urls[name] ?? '',
    typeDefs: subgraphSchema(name, 2),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl !== undefined) return supergraphSdl;
  throw new Error(`the bench's subgraphs do not compose: ${errors?.join('; ')}`);
};

/**
 * A subgraph's schema as text.
 *
 * @param {string} name
 */
export const subgraphSdl = (name) => print(subgraphSchema(name, 2));

/**
 * Federation 1 has no `@link`; a type that comes from elsewhere is an extension, its key external.
 *
 * @param {string} subgraph
 * @param {DocumentNode} document
 * @returns {DocumentNode}
 */
const federation1 = (subgraph, document) =>
  visit(document, {
    SchemaExtension: () => null,
    ObjectTypeDefinition: (type) => {
      if (ROOTS.includes(type.name.value)) return { ...type, kind: Kind.OBJECT_TYPE_EXTENSION };
      const home = HOME.get(type.name.value);
      return home === undefined || home === subgraph ? type : extension(type);
    },
  });

/** @param {ObjectTypeDefinitionNode} type */
const extension = (type) => ({
  ...type,
  kind: Kind.OBJECT_TYPE_EXTENSION,
  directives: type.directives?.map(withoutResolvable),
  fields: type.fields?.map((field) => (field.name.value === 'id' ? external(field) : field)),
});

/** @param {DirectiveNode} directive */
const withoutResolvable = (directive) => ({
  ...directive,
  arguments: directive.arguments?.filter(({ name }) => name.value !== 'resolvable'),
});

/** @param {FieldDefinitionNode} field */
const external = (field) => ({
  ...field,
  directives: [{ kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } }],
});
