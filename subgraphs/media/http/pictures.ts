import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from '../../../process/log.ts';
import { isId } from '../../kit/ids.ts';
import { EXTENSIONS, type Format, renditionAt } from '../media.ts';
import type { RenditionName, Renditions } from '../renditions.ts';
import { DIGEST_LENGTH } from '../sources.ts';
import { BusyError } from '../turnstile.ts';
import { type FindServed, type ItemParams, notFound, PREFIXES } from './access.ts';

export interface PictureSource {
  readonly renditions: Renditions;
  readonly find: FindServed;
  readonly log: Logger;
}

interface ImageRoute {
  readonly Params: ItemParams & { readonly digest: string; readonly file: string };
}

const IMAGE = /^w([1-9]\d{1,3})\.(avif|jpeg|png|webp)$/;
const DIGEST = new RegExp(`^[0-9a-f]{${DIGEST_LENGTH}}$`);

export const servePictures = (scope: FastifyInstance, source: PictureSource): void => {
  for (const prefix of PREFIXES) {
    scope.get<ImageRoute>(`${prefix}/images/:id/:digest/:file`, (request, reply) =>
      sendImage(source, request.params, reply),
    );
  }
};

const sendImage = async (
  source: PictureSource,
  params: ImageRoute['Params'],
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const name = parseImage(params);
  if (name === null) return notFound(reply);
  // Its being there proves that id, digest and width are right: no statement for what is known.
  const known = await source.renditions.find(name);
  if (known !== null) return reply.sendFile(known);

  const item = await source.find(params);
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
