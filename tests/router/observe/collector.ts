import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Data } from '../../kit/http.ts';

/** A span as it was sent. */
export interface SentSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

/** What takes spans by OTLP over HTTP, in JSON, as a collector does. */
export interface Collector extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly SentSpan[];
}

const ERROR_STATUS = 2;

export const startCollector = async (): Promise<Collector> => {
  const spans: SentSpan[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    await once(request, 'end');
    if (request.url === '/v1/traces') spans.push(...spansIn(JSON.parse(body)));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const spansIn = ({ resourceSpans }: Data): SentSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }: Data) =>
    scopeSpans.flatMap((scope: Data) =>
      scope.spans.map((span: Data) => ({
        ...span,
        service: attributesOf(resource)['service.name'],
        attributes: attributesOf(span),
        isError: span.status?.code === ERROR_STATUS,
      })),
    ),
  );

const attributesOf = ({ attributes = [] }: Data): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }: Data) => [key, Object.values(value)[0]] as const),
  );
