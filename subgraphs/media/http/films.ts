import type { FastifyInstance, FastifyReply } from 'fastify';
import { isId } from '../../kit/ids.ts';
import { CLIP_FOLDER, clipFile } from '../clips.ts';
import { masterPlaylist } from '../films/playlists.ts';
import type { Film } from '../media.ts';
import type { FilmRendition } from '../sources.ts';
import type { Storage } from '../storage.ts';
import { type FindServed, type ItemParams, notFound, PREFIXES } from './access.ts';

export interface FilmSource {
  readonly find: FindServed;
  readonly storage: Storage;
}

interface VideoRoute {
  readonly Params: ItemParams & { readonly file: string };
}

interface HlsRoute {
  readonly Params: ItemParams & { readonly digest: string; readonly file: string };
}

const VIDEO = /^([0-9a-f]+)\.mp4$/;
const RENDITION = /^([0-9a-z]+)\.(m3u8|mp4)$/;

export const serveFilms = (scope: FastifyInstance, source: FilmSource): void => {
  for (const prefix of PREFIXES) {
    scope.get<VideoRoute>(`${prefix}/videos/:id/:file`, (request, reply) =>
      sendVideo(source, request.params, reply),
    );
    scope.get<HlsRoute>(`${prefix}/hls/:id/:digest/:file`, (request, reply) =>
      sendHls(source, request.params, reply),
    );
  }
};

const sendVideo = async (
  source: FilmSource,
  params: VideoRoute['Params'],
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const film = await findFilm(source, params, VIDEO.exec(params.file)?.[1]);
  if (film?.source.kind === 'clip') return reply.sendFile(clipFile(film.source.name), CLIP_FOLDER);
  return sendStored(source, renditionsOf(film)[0]?.file, reply);
};

const sendHls = async (
  source: FilmSource,
  params: HlsRoute['Params'],
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const film = await findFilm(source, params, params.digest);
  const renditions = renditionsOf(film);
  if (renditions.length === 0) return notFound(reply);
  if (params.file === 'master.m3u8') return sendMaster(renditions, reply);
  const [, name, extension] = RENDITION.exec(params.file) ?? [];
  const rendition = renditions.find((each) => each.name === name);
  return sendStored(source, extension === 'mp4' ? rendition?.file : rendition?.playlist, reply);
};

const sendMaster = (renditions: readonly FilmRendition[], reply: FastifyReply): FastifyReply =>
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .type('application/vnd.apple.mpegurl')
    .send(masterPlaylist(renditions));

const findFilm = async (
  source: FilmSource,
  params: ItemParams,
  digest: string | undefined,
): Promise<Film | null> => {
  if (digest === undefined || !isId('video', params.id)) return null;
  const item = await source.find(params);
  return item?.kind === 'VIDEO' && item.digest === digest ? item : null;
};

/** None before all of them are there. */
const renditionsOf = (film: Film | null): readonly FilmRendition[] =>
  film?.source.kind === 'film' ? film.source.renditions : [];

const sendStored = async (
  { storage }: FilmSource,
  key: string | undefined,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  if (key === undefined || (await storage.find(key)) === null) return notFound(reply);
  return reply.sendFile(key, storage.folder);
};
