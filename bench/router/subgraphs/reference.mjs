import { Supergraph } from '@apollo/federation-internals';
import { graphql } from 'graphql';
import { RESOLVERS } from './resolvers.mjs';
import { composeSupergraph } from './schemas.mjs';

/** @import { Answer, GraphqlRequest } from '../shapes.ts' */

/** The fields of all subgraphs by type: an entity is its id everywhere, so that they just add up. */
const fields = new Map();
for (const types of Object.values(RESOLVERS)) {
  for (const [type, resolvers] of Object.entries(types)) {
    fields.set(type, { ...fields.get(type), ...resolvers });
  }
}

const schema = Supergraph.build(composeSupergraph({})).apiSchema().toGraphQLJSSchema();

/**
 * What graphql-js answers over the API schema with the subgraphs' resolvers in one place: the answer that
 * every gateway has to give.
 *
 * @param {GraphqlRequest} request
 * @returns {Promise<Answer>}
 */
export const referenceAnswer = async ({ query, operationName, variables }) => {
  const result = await graphql({
    schema,
    // An answer that came in parts is whole in the end.
    source: query.replaceAll(/@defer\b/g, ''),
    operationName,
    variableValues: variables,
    fieldResolver: (source, args, _context, { parentType, fieldName }) => {
      const resolve = fields.get(parentType.name)?.[fieldName];
      return resolve === undefined ? source[fieldName] : resolve(source, args);
    },
  });
  return JSON.parse(JSON.stringify(result));
};
