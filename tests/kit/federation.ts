import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override"])`;

/** What stands behind a subgraph: resolvers over its schema, or an HTTP server that misbehaves. */
export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
  readonly answer?: RequestListener;
}

/** A supergraph of a few types, composed and served for one test. */
export interface SmallFederation extends AsyncDisposable {
  /** Path of the supergraph's SDL. */
  readonly supergraph: string;
  /** What each subgraph was sent, in order. */
  readonly requests: readonly {
    readonly subgraph: string;
    readonly body: string;
    readonly headers: object;
  }[];
}

/** Composes and serves subgraphs that are plain graphql-js behind plain HTTP. */
export const startSmallFederation = async (
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
): Promise<SmallFederation> => {
  const requests: { subgraph: string; body: string; headers: object }[] = [];
  const servers = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]) => {
      const typeDefs = parse(`${LINK} ${subgraph.sdl}`);
      const listener = subgraph.answer ?? answering(typeDefs, subgraph.resolvers ?? {});
      const server = createServer(async (request, response) => {
        const body = Buffer.concat(await request.toArray()).toString();
        requests.push({ subgraph: name, body, headers: request.headers });
        listener(Object.assign(request, { text: body }), response);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { name, typeDefs, server, url: `http://127.0.0.1:${port}/graphql` };
    }),
  );
  const { supergraphSdl, errors } = composeServices(servers);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  const supergraph = path.join(tmpdir(), `emporium-${randomUUID()}.graphql`);
  await writeFile(supergraph, supergraphSdl);
  return {
    supergraph,
    requests,
    [Symbol.asyncDispose]: async () => {
      for (const { server } of servers) {
        server.closeAllConnections();
        server.close();
      }
      await rm(supergraph);
    },
  };
};

const answering = (
  typeDefs: ReturnType<typeof parse>,
  resolvers: Readonly<Record<string, object>>,
): RequestListener => {
  const schema = buildSubgraphSchema({ typeDefs, resolvers } as Parameters<
    typeof buildSubgraphSchema
  >[0]);
  return async (request, response) => {
    const { query, variables } = JSON.parse(String(Object(request).text));
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };
};
