import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql';
import { createHandler } from 'graphql-sse';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@tag", "@inaccessible", "@cacheTag",
  "@interfaceObject", "@context", "@fromContext", "@cost", "@listSize",
  "@authenticated", "@requiresScopes", "@policy", "@composeDirective"
])`;

/** What stands behind a subgraph: resolvers over its schema, or an HTTP server that misbehaves. */
export interface SmallSubgraph {
  /** Without the link to federation. */
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
  /** Answers requests instead; the body, which was read, is in `text` of the request. */
  readonly answer?: RequestListener;
}

/** A subgraph that is served: requests by HTTP, subscriptions by SSE and graphql-transport-ws. */
export interface ServedSubgraph extends AsyncDisposable {
  readonly name: string;
  readonly typeDefs: () => DocumentNode;
  readonly url: string;
  /** The same server with something else behind it. */
  readonly become: (subgraph: SmallSubgraph) => void;
  /** As a process does that dies: breaks every connection and takes no more. */
  readonly goDown: () => Promise<void>;
  /** Listens again, where it did before. */
  readonly comeBack: () => Promise<void>;
}

/** Told of each request, when it has come. */
type RecordRequest = (request: {
  readonly subgraph: string;
  readonly body: string;
  readonly headers: object;
}) => void;

export const serveSubgraph = async (
  name: string,
  subgraph: SmallSubgraph,
  record: RecordRequest,
): Promise<ServedSubgraph> => {
  let behind = readBehind(subgraph);
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    record({ subgraph: name, body: text, headers: request.headers });
    const isStream = request.headers.accept === 'text/event-stream';
    (isStream ? behind.stream : behind.answer)(Object.assign(request, { text }), response);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  useServer({ schema: () => behind.schema }, new WebSocketServer({ server }));
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const goDown = async (): Promise<void> => {
    server.close();
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server, 'close');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    name,
    typeDefs: () => behind.typeDefs,
    url: `http://127.0.0.1:${port}/graphql`,
    become: (next) => {
      behind = readBehind(next);
    },
    goDown,
    comeBack: () => listen(port),
    [Symbol.asyncDispose]: goDown,
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  await once(request, 'end');
  return body;
};

const readBehind = (subgraph: SmallSubgraph) => {
  const typeDefs = parse(`${LINK} ${subgraph.sdl}`);
  // Its type of resolvers has no room for reference resolvers.
  const modules = { typeDefs, resolvers: subgraph.resolvers ?? {} } as Parameters<
    typeof buildSubgraphSchema
  >[0];
  const schema = buildSubgraphSchema(modules);
  return {
    typeDefs,
    schema,
    answer: subgraph.answer ?? answering(schema),
    stream: streaming(schema),
  };
};

const answering =
  (schema: GraphQLSchema): RequestListener =>
  async (request, response) => {
    const { query, variables } = JSON.parse(String(Object(request).text));
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };

const streaming = (schema: GraphQLSchema): RequestListener => {
  const handle = createHandler({ schema });
  return async (request, response) => {
    const { method = 'POST', url = '/', headers } = request;
    const [body, { status, headers: answered }] = await handle({
      method,
      url,
      headers: { get: (name) => String(headers[name] ?? '') },
      body: JSON.parse(String(Object(request).text)),
      raw: request,
      context: {},
    });
    response.writeHead(status, answered);
    if (body === null || typeof body === 'string') return void response.end(body);
    response.once('close', () => void body.return(undefined));
    for await (const text of body) {
      // Whoever left before the first of it was not heard; what never ran has nothing to end.
      if (response.destroyed) break;
      response.write(text);
    }
    response.end();
  };
};
