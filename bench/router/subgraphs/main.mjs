import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql } from 'graphql';
import { startReplay } from './replay.mjs';
import { RESOLVERS } from './resolvers.mjs';
import { SUBGRAPHS, subgraphSchema } from './schemas.mjs';

/** @import { GraphqlRequest, SubgraphsSettings } from '../shapes.ts' */

// The process of all five subgraphs. Its parent gives the settings as JSON, is told the URLs, and gets the
// counts of requests whenever it asks.

/** @type {SubgraphsSettings} */
const { federation, delays } = JSON.parse(process.env['SUBGRAPHS_SETTINGS'] ?? '');

/** @param {string} name */
const start = (name) => {
  const schema = buildSubgraphSchema({
    typeDefs: subgraphSchema(name, federation),
    // Federation adds `_entities`; by default a reference is the entity.
    resolvers: RESOLVERS[name] ?? {},
  });
  /** @param {GraphqlRequest} request */
  const run = ({ query, variables, operationName }) =>
    graphql({ schema, source: query, variableValues: variables, operationName });
  return startReplay({
    delayMs: delays[name] ?? 0,
    compute: async (body) => {
      const asked = JSON.parse(body);
      const answer = Array.isArray(asked) ? Promise.all(asked.map(run)) : run(asked);
      return JSON.stringify(await answer);
    },
  });
};

const replays = await Promise.all(SUBGRAPHS.map(start));

process.on('disconnect', () => process.exit());
process.on('message', () => {
  const counts = replays.map((replay) => replay.counts);
  process.send?.({
    type: 'counts',
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    signed: counts.reduce((sum, { signed }) => sum + signed, 0),
  });
});
process.send?.({
  type: 'listening',
  urls: Object.fromEntries(SUBGRAPHS.map((name, index) => [name, replays[index]?.url])),
});
