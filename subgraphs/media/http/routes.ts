import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPrivate } from './access.ts';
import { type FilmSource, serveFilms } from './films.ts';
import { type PictureSource, servePictures } from './pictures.ts';
import { takeUploads, type UploadDesk } from './uploads.ts';

const A_YEAR_MS = 365 * 24 * 3_600_000;

/**
 * The bytes of pictures and films:
 *
 *   GET /media/images/<id>/<digest>/w<width>.<avif|jpeg|png|webp>
 *   GET /media/videos/<id>/<digest>.mp4
 *   GET /media/hls/<id>/<digest>/master.m3u8, <rendition>.m3u8, <rendition>.mp4
 *   GET /media/private/<token>/…   the same, for what is not for everyone
 *   PUT /media/uploads/<upload>/<signature>
 *
 * with HEAD, conditional requests and byte ranges, by @fastify/static. A URL never changes its
 * content, so answers may be kept for good.
 */
export const serveMedia = (
  server: FastifyInstance,
  source: PictureSource & FilmSource & UploadDesk,
): void => {
  server.register(async (scope) => {
    await scope.register(fastifyStatic, {
      serve: false,
      root: source.renditions.folder,
      maxAge: A_YEAR_MS,
      immutable: true,
      index: false,
      setHeaders: (reply, file) => {
        strengthenTag(reply);
        if (file.endsWith('.m3u8')) reply.header('content-type', 'application/vnd.apple.mpegurl');
      },
    });
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('x-content-type-options', 'nosniff');
      weakenIfRange(request);
    });
    scope.addHook('onSend', async (request, reply) => {
      if (isPrivate(request.url) && reply.hasHeader('cache-control')) {
        reply.header('cache-control', 'private, max-age=3600');
      }
    });
    scope.setErrorHandler(refuseRange);
    servePictures(scope, source);
    serveFilms(scope, source);
  });
  server.register(async (scope) => takeUploads(scope, source));
};

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
