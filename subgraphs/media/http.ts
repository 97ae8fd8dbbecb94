import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../process/log.ts';
import { isId } from '../kit/ids.ts';
import { CLIP_FOLDER, clipFile } from './clips.ts';
import { EXTENSIONS, type Format, type MediaItem, renditionAt } from './media.ts';
import type { RenditionName, Renditions } from './renditions.ts';
import { DIGEST_LENGTH } from './sources.ts';
import { BusyError } from './turnstile.ts';

/** What the paths below need. */
export interface MediaSource {
  readonly renditions: Renditions;
  readonly find: (id: string) => Promise<MediaItem | null>;
  readonly log: Logger;
}

const IMAGE = /^w([1-9]\d{1,3})\.(avif|jpeg|png|webp)$/;
const VIDEO = /^([0-9a-f]+)\.mp4$/;
const DIGEST = new RegExp(`^[0-9a-f]{${DIGEST_LENGTH}}$`);

const A_YEAR_MS = 365 * 24 * 3_600_000;

/**
 * The bytes of pictures and films:
 *
 *   GET /media/images/<id>/<digest>/w<width>.<avif|jpeg|png|webp>
 *   GET /media/videos/<id>/<digest>.mp4
 *
 * with HEAD, conditional requests and byte ranges, by @fastify/static. A URL never changes its
 * content, so answers may be kept for good.
 */
export const serveMedia = (server: FastifyInstance, source: MediaSource): void => {
  server.register(async (scope) => {
    await scope.register(fastifyStatic, {
      serve: false,
      root: source.renditions.folder,
      maxAge: A_YEAR_MS,
      immutable: true,
      index: false,
      setHeaders: strengthenTag,
    });
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('x-content-type-options', 'nosniff');
      weakenIfRange(request);
    });
    scope.setErrorHandler(refuseRange);
    scope.get<ImageRoute>('/media/images/:id/:digest/:file', (request, reply) =>
      sendImage(source, request.params, reply),
    );
    scope.get<VideoRoute>('/media/videos/:id/:file', (request, reply) =>
      sendVideo(source, request.params, reply),
    );
  });
};

interface ImageRoute {
  readonly Params: { readonly id: string; readonly digest: string; readonly file: string };
}

interface VideoRoute {
  readonly Params: { readonly id: string; readonly file: string };
}

/*
 * Files are written whole under another name and then renamed, so size and time of change do tell
 * one content from another byte for byte. @fastify/send marks its tag as weak all the same, and a
 * player that holds a weak one may not resume. These two make it strong on the way out, and put an
 * If-Range into the library's form on the way in; If-None-Match and If-Match take either form.
 */
const strengthenTag = (reply: FastifyReply): void => {
  const tag = reply.getHeader('etag');
  if (typeof tag === 'string') reply.header('etag', tag.replace(/^W\//, ''));
};

const weakenIfRange = (request: FastifyRequest): void => {
  const tag = request.headers['if-range'];
  if (typeof tag === 'string' && tag.startsWith('"')) request.headers['if-range'] = `W/${tag}`;
};

/** 416 tells how long the file is (RFC 9110, section 15.5.17); all else is for the server's handler. */
const refuseRange = (
  error: Error & { statusCode?: number; headers?: Record<string, string> },
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  if (error.statusCode !== 416) throw error;
  return reply
    .code(416)
    .headers(error.headers ?? {})
    .type('text/plain')
    .send('There is no such range.\n');
};

const sendImage = async (
  source: MediaSource,
  params: ImageRoute['Params'],
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const name = parseImage(params);
  if (name === null) return notFound(reply);
  // Its being there proves that id, digest and width are right: no statement for what is known.
  const known = await source.renditions.find(name);
  if (known !== null) return reply.sendFile(known);

  const item = await source.find(name.id);
  if (item?.kind !== 'IMAGE' || item.digest !== name.digest) return notFound(reply);
  const rendition = renditionAt(item, name.nominalWidth, name.format);
  if (rendition === null) return notFound(reply);
  try {
    return reply.sendFile(await source.renditions.make(item, rendition));
  } catch (error) {
    if (!(error instanceof BusyError)) {
      source.log.error({ err: error, mediaId: item.id }, 'could not render');
      throw error;
    }
    return reply.code(503).header('retry-after', '2').type('text/plain').send('Busy; ask again.\n');
  }
};

const parseImage = ({ id, digest, file }: ImageRoute['Params']): RenditionName | null => {
  const [, width, extension] = IMAGE.exec(file) ?? [];
  const format = FORMATS.get(extension ?? '');
  if (format === undefined || !isId('image', id) || !DIGEST.test(digest)) return null;
  return { id, digest, nominalWidth: Number(width), format };
};

const FORMATS = new Map<string, Format>(
  // Object.entries forgets that the keys are formats.
  (Object.entries(EXTENSIONS) as [Format, string][]).map(([format, extension]) => [
    extension,
    format,
  ]),
);

const sendVideo = async (
  source: MediaSource,
  { id, file }: VideoRoute['Params'],
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const digest = VIDEO.exec(file)?.[1];
  if (digest === undefined || !isId('video', id)) return notFound(reply);
  const item = await source.find(id);
  if (item?.source.kind !== 'clip' || item.digest !== digest) return notFound(reply);
  return reply.sendFile(clipFile(item.source.name), CLIP_FOLDER);
};

const notFound = (reply: FastifyReply): FastifyReply =>
  reply.code(404).type('text/plain').send('There is no such picture or film.\n');
