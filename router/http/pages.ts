import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** GraphiQL as the build bundled it; absent where the router runs without a build. */
const GRAPHIQL = fileURLToPath(new URL('./graphiql/', import.meta.url));
/** Text that comes with the sources, and is served as it is. */
const EXPLAIN = fileURLToPath(new URL('./explain/', import.meta.url));
const WELCOME = fileURLToPath(new URL('./welcome/', import.meta.url));

/** It loads nothing from elsewhere, and runs nothing that stands in the page. */
const EXPLAIN_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The pages for people, none of which needs the internet: a welcome at `/`, at `/explain` what shows how an
 * answer came about, and GraphiQL at `/graphiql`.
 */
export const pages = async (server: FastifyInstance): Promise<void> => {
  await server.register(fastifyStatic, {
    root: WELCOME,
    prefix: '/',
    wildcard: false,
    index: 'index.html',
  });
  await server.register(fastifyStatic, {
    root: EXPLAIN,
    prefix: '/explain/',
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header('cache-control', 'no-cache');
      reply.header('content-security-policy', EXPLAIN_POLICY);
    },
  });
  server.get('/explain', (_request, reply) => reply.redirect('/explain/'));
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
