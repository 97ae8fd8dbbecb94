import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import { fastify } from 'fastify';

// The same Apollo Server as the stock gateway's, with one line changed.

const { createGateway } = await import(
  new URL('../../../dist/router/dropin/gateway.js', import.meta.url).href
);

const { SUPERGRAPH: supergraph, SIGNING_SECRET: signingSecret } = process.env;
const server = new ApolloServer({ gateway: createGateway({ supergraph, signingSecret }) });
await server.start();

const app = fastify();
await app.register(fastifyApollo(server));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => process.exit());
process.send?.({ type: 'listening', url });
