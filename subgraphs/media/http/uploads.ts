import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '../../kit/ids.ts';
import type { Links } from '../links.ts';
import type { Storage } from '../storage.ts';
import type { UploadStore } from '../uploads/upload-store.ts';
import type { Upload } from '../uploads/uploads.ts';

export interface UploadDesk {
  readonly uploads: UploadStore;
  readonly links: Links;
  readonly storage: Storage;
}

interface UploadRoute {
  readonly Params: { readonly id: string; readonly signature: string };
}

/** A number of bytes came that is not the one that was said. */
class LengthError extends Error {
  override readonly name = 'LengthError';
}

/**
 * Takes the bytes of uploads, from wherever the client's connection brings them straight to the disk. The row
 * says that they are here only after they are: what breaks off before, also by the death of this
 * process, may be sent again from the beginning.
 */
export const takeUploads = (scope: FastifyInstance, desk: UploadDesk): void => {
  // Bodies of any type come as they are.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  scope.put<UploadRoute>('/media/uploads/:id/:signature', (request, reply) =>
    takeUpload(desk, request, reply),
  );
};

const takeUpload = async (
  desk: UploadDesk,
  request: FastifyRequest<UploadRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { id, signature } = request.params;
  const upload = isId('upload', id) ? await desk.uploads.find(id) : null;
  if (upload === null || !desk.links.isUploadSignature(id, upload.bytes, signature)) {
    return refuse(reply, 404, 'There is no such upload.');
  }
  const length = request.headers['content-length'];
  if (length !== undefined && Number(length) !== upload.bytes) return refuseLength(reply, upload);
  if (upload.state !== 'EXPECTED' || upload.isExpired) {
    // Who sends again because the answer was lost reads this one only after all is sent.
    if (length !== undefined) await finished(request.raw.resume());
    return upload.state === 'EXPECTED'
      ? refuse(reply, 410, 'The address is good no longer; begin again.')
      : refuse(reply, 409, SENT_BEFORE);
  }

  try {
    const taken = await receive(desk, upload, request.raw);
    return taken ? reply.code(204).send() : refuse(reply, 409, SENT_BEFORE);
  } catch (error) {
    if (error instanceof LengthError) return refuseLength(reply, upload);
    throw error;
  }
};

const SENT_BEFORE = 'A file was sent before; complete the upload.';

/** Every attempt has a file of its own; the first that is whole counts. */
const receive = async (
  { uploads, storage }: UploadDesk,
  upload: Upload,
  body: NodeJS.ReadableStream,
): Promise<boolean> => {
  const name = `${upload.id}-${randomUUID()}`;
  const temporary = path.join(storage.folder, 'incoming', name);
  const key = `uploads/${name}`;
  await mkdir(path.dirname(temporary), { recursive: true });
  try {
    await pipeline(body, exactly(upload.bytes), createWriteStream(temporary));
    await storage.keep(key, temporary);
  } finally {
    await rm(temporary, { force: true });
  }
  if (await uploads.receive(upload.id, key)) return true;
  await storage.forget(key);
  return false;
};

/** Lets so many bytes through and no more; fails where there are fewer. */
const exactly = (bytes: number): Transform => {
  let left = bytes;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      left -= chunk.length;
      if (left < 0) done(new LengthError());
      else done(null, chunk);
    },
    flush: (done) => done(left === 0 ? null : new LengthError()),
  });
};

const refuseLength = (reply: FastifyReply, { bytes }: Upload): FastifyReply =>
  refuse(reply, 413, `The file was said to have ${bytes} bytes and has another number.`);

/** What is left of the body is not waited for. */
const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).header('connection', 'close').type('text/plain').send(`${message}\n`);
