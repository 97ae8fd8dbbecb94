import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { request } from 'undici';
import { expect, vi } from 'vitest';
import { withCleanup } from '../kit/cleanup.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';
import { type Data, postGraphql } from '../kit/http.ts';
import { startProcess, type TestProcess } from '../kit/processes.ts';
import { quietPort } from '../kit/quiet-port.ts';
import { TEST_SECRET } from '../kit/secret.ts';

/** Router and media subgraph, each a process; the other subgraphs are down. */
export interface MediaMarket extends AsyncDisposable {
  /** The router's. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly folder: string;
  readonly media: () => TestProcess;
  /** Starts the media subgraph again where it was. */
  readonly restart: () => Promise<void>;
  /** Asks as Ada does. */
  readonly ask: (document: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
  readonly begin: (kind: 'IMAGE' | 'VIDEO', file: Buffer) => Promise<Data>;
  readonly complete: (uploadId: string) => Promise<Data>;
  readonly upload: (kind: 'IMAGE' | 'VIDEO', file: Buffer) => Promise<Data>;
  readonly film: (id: string) => Promise<Data>;
  readonly ready: (id: string) => Promise<Data>;
}

export const startMediaMarket = (): Promise<MediaMarket> =>
  withCleanup(async ({ use, defer }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emporium-media-'));
    defer(() => rm(folder, { recursive: true, force: true }));
    const database = use(await cloneDatabase('media', 'empty'));
    const pool = openPool(database.url);
    defer(() => pool.end());
    const [mediaPort, routerPort] = [await quietPort(), await quietPort()];
    const url = `http://127.0.0.1:${routerPort}`;
    const common = { NODE_ENV: 'development', SIGNING_SECRET: TEST_SECRET, PUBLIC_URL: url };
    const startMedia = (): Promise<TestProcess> =>
      startProcess('subgraphs/media/main.js', {
        ...common,
        PORT: String(mediaPort),
        DATABASE_URL_MEDIA: database.url,
        MEDIA_DIR: folder,
      });
    let media = await startMedia();
    defer(async () => void (await media.stop()));
    use(
      await startProcess('router/main.js', {
        ...common,
        PORT: String(routerPort),
        SUPERGRAPH: path.resolve('supergraph.graphql'),
        DEVELOPMENT_IDENTITY: 'on',
        ROUTING_URL_MEDIA: `http://127.0.0.1:${mediaPort}/graphql`,
        PASS_THROUGH: `/media=http://127.0.0.1:${mediaPort}`,
      }),
    );

    const ask: MediaMarket['ask'] = async (query, variables = {}) => {
      const { data } = await postGraphql(`${url}/graphql`, JSON.stringify({ query, variables }), {
        'emporium-development-user': 'user_ada',
      });
      return data;
    };
    const begin: MediaMarket['begin'] = async (kind, file) => {
      const document = `mutation Begin($input: BeginUploadInput!) {
        beginUpload(input: $input) { upload { id url } userErrors { message } } }`;
      const input = { kind, bytes: file.length, alt: 'x' };
      return (await ask(document, { input })).beginUpload.upload;
    };
    const complete: MediaMarket['complete'] = async (uploadId) => {
      const document = `mutation Complete($input: CompleteUploadInput!) {
        completeUpload(input: $input) { media { id width height } userErrors { code } } }`;
      return (await ask(document, { input: { uploadId } })).completeUpload;
    };
    const film: MediaMarket['film'] = async (id) => {
      const document = `query Film($id: ID!) {
        media(id: $id) { ... on Video { id status progress url hlsUrl poster { url } } } }`;
      return (await ask(document, { id })).media;
    };
    return {
      ...{ url, pool, folder, ask, begin, complete, film },
      media: () => media,
      restart: async () => {
        media = await startMedia();
      },
      upload: async (kind, file) => {
        const upload = await begin(kind, file);
        const { statusCode, body } = await request(upload.url, { method: 'PUT', body: file });
        await body.dump();
        expect(statusCode).toBe(204);
        return (await complete(upload.id)).media;
      },
      ready: (id) => {
        const isReady = async (): Promise<Data> => {
          const found = await film(id);
          expect(found.status).toBe('READY');
          return found;
        };
        return vi.waitFor(isReady, { timeout: 100_000, interval: 500 });
      },
    };
  });
