import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketSettings } from '../../subgraphs/media/storage.ts';

/** A bucket that speaks as much of S3 as is needed to put, get, look for and delete objects. */
export interface TestBucket extends AsyncDisposable {
  readonly settings: BucketSettings;
  readonly objects: ReadonlyMap<string, Buffer>;
}

export const startBucket = async (): Promise<TestBucket> => {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') ?? false;
    if (!isSigned || !pathname.startsWith('/uploads/')) return void response.writeHead(403).end();
    answer(objects, request.method ?? '', pathname.slice('/uploads/'.length), body, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    objects,
    settings: {
      ...{ bucket: 'uploads', region: 'eu-west-3', accessKeyId: 'key', secretAccessKey: 'secret' },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const answer = (
  objects: Map<string, Buffer>,
  method: string,
  key: string,
  body: Buffer,
  response: ServerResponse,
): void => {
  if (method === 'PUT') objects.set(key, body);
  if (method === 'DELETE') objects.delete(key);
  const found = objects.get(key);
  if (method === 'DELETE') response.writeHead(204).end();
  else if (found === undefined) response.writeHead(404).end();
  else if (method === 'PUT') response.writeHead(200).end();
  else {
    response.writeHead(200, { 'content-length': found.length });
    response.end(method === 'GET' ? found : undefined);
  }
};
