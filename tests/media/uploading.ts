import type pg from 'pg';
import { request } from 'undici';
import { expect, vi } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { MediaSettings } from '../../subgraphs/media/settings.ts';
import type { Data } from '../kit/http.ts';
import { startMedia, type TestMedia } from './arrange.ts';

const person = (id: string): Viewer => ({ kind: 'user', id, scopes: [], sessionId: null });

export const ADA = person('user_ada');
export const BOB = person('user_bob');

/** The service that tells what items show. */
export const CATALOG: Viewer = { kind: 'service', name: 'catalog', scopes: ['media:facts'] };

/** Every field that uploads are looked at by. */
const MEDIA = `__typename id alt width height placeholder
  ... on Image { url(width: 320, format: JPEG) }
  ... on Video { videoUrl: url status progress hlsUrl durationSeconds poster { id url } }`;

export interface Uploading extends AsyncDisposable {
  readonly media: TestMedia;
  readonly pool: pg.Pool;
  readonly ask: (
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<Data>;
  readonly begin: (input: Readonly<Record<string, unknown>>, viewer?: Viewer) => Promise<Data>;
  /** Where an address that clients are given is served by the subgraph itself. */
  readonly at: (url: string) => string;
  readonly put: (
    url: string,
    body: Buffer,
  ) => Promise<{ readonly status: number; readonly text: string }>;
  readonly complete: (uploadId: string, viewer?: Viewer) => Promise<Data>;
  /** All three steps; gives what `completeUpload` answers. */
  readonly upload: (kind: 'IMAGE' | 'VIDEO', file: Buffer, viewer?: Viewer) => Promise<Data>;
  readonly find: (id: string, viewer?: Viewer) => Promise<Data>;
  readonly get: (
    url: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{
    readonly status: number;
    readonly headers: Data;
    readonly bytes: Buffer;
  }>;
}

export const startUploading = async (settings: Partial<MediaSettings> = {}): Promise<Uploading> => {
  const media = await startMedia(settings);
  return { ...uploadingTo(media), [Symbol.asyncDispose]: media[Symbol.asyncDispose] };
};

const uploadingTo = (media: TestMedia): Omit<Uploading, typeof Symbol.asyncDispose> => {
  const { subgraph } = media;
  const ask: Uploading['ask'] = async (document, variables = {}, viewer = ADA) => {
    const { data, errors } = await subgraph.query({ document, variables, viewer });
    if (errors !== undefined) throw new Error(errors[0]?.message);
    return data;
  };
  const begin: Uploading['begin'] = async (input, viewer) => {
    const document = `mutation Begin($input: BeginUploadInput!) {
      beginUpload(input: $input) { upload { id url method maxBytes } userErrors { code field message } } }`;
    return (await ask(document, { input }, viewer)).beginUpload;
  };
  const at = (url: string): string => `${subgraph.url}${new URL(url).pathname}`;
  const put: Uploading['put'] = async (url, body) => {
    const { statusCode, body: answer } = await request(at(url), { method: 'PUT', body });
    return { status: statusCode, text: await answer.text() };
  };
  const complete: Uploading['complete'] = async (uploadId, viewer) => {
    const document = `mutation Complete($id: ID!) {
      completeUpload(input: { uploadId: $id }) { media { ${MEDIA} } userErrors { code field message } } }`;
    return (await ask(document, { id: uploadId }, viewer)).completeUpload;
  };
  return {
    media,
    pool: subgraph.pool,
    ask,
    begin,
    at,
    put,
    complete,
    upload: async (kind, file, viewer) => {
      const { upload, userErrors } = await begin({ kind, bytes: file.length, alt: 'x' }, viewer);
      if (upload === null) return { media: null, userErrors };
      const { status, text } = await put(upload.url, file);
      if (status !== 204) throw new Error(text);
      return complete(upload.id, viewer);
    },
    find: async (id, viewer) =>
      (await ask(`query Find($id: ID!) { media(id: $id) { ${MEDIA} } }`, { id }, viewer)).media,
    get: async (url, headers = {}) => {
      const response = await request(at(url), { headers });
      const bytes = Buffer.from(await response.body.arrayBuffer());
      return { status: response.statusCode, headers: response.headers, bytes };
    },
  };
};

/** The film, once it can be played or never can be. */
export const packaged = async ({ find }: Pick<Uploading, 'find'>, id: string): Promise<Data> => {
  const isOver = async (): Promise<Data> => {
    const film = await find(id);
    expect(['READY', 'FAILED']).toContain(film.status);
    return film;
  };
  return vi.waitFor(isOver, { timeout: 50_000, interval: 500 });
};
