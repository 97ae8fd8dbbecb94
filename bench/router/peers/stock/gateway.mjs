import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { fastify } from 'fastify';
import { undiciDataSource } from './undici-data-source.mjs';

// Apollo's gateway as a user would set it up; DATA_SOURCE=undici replaces its HTTP client.

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH, 'utf8'),
  ...(process.env.DATA_SOURCE === 'undici' && { buildService: undiciDataSource }),
});
const server = new ApolloServer({ gateway });
await server.start();

const app = fastify();
await app.register(fastifyApollo(server));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => process.exit());
process.send({ type: 'listening', url });
