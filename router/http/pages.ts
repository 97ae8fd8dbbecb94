import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** GraphiQL as the build bundled it; absent where the router runs without a build. */
const GRAPHIQL = fileURLToPath(new URL('./graphiql/', import.meta.url));
const WELCOME = fileURLToPath(new URL('./welcome/', import.meta.url));

/** The pages for people: a welcome at `/`, and a GraphiQL that needs no internet at `/graphiql`. */
export const pages = async (server: FastifyInstance): Promise<void> => {
  await server.register(fastifyStatic, {
    root: WELCOME,
    prefix: '/',
    wildcard: false,
    index: 'index.html',
  });
  if (!existsSync(`${GRAPHIQL}index.html`)) return;
  await server.register(fastifyStatic, {
    root: GRAPHIQL,
    prefix: '/graphiql/',
    decorateReply: false,
    // The names of scripts and styles carry a hash of what is in them; the page does not.
    immutable: true,
    maxAge: '1y',
    setHeaders: (reply, path) => {
      if (path.endsWith('.html')) reply.header('cache-control', 'no-cache');
    },
  });
  server.get('/graphiql', (_request, reply) => reply.redirect('/graphiql/'));
};
