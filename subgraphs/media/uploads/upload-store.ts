import { Prisma, PrismaClient } from '../../../generated/prisma/media/client.ts';
import type { Database } from '../../kit/database.ts';
import { newId } from '../../kit/ids.ts';
import type { Refusal } from '../errors.ts';
import type { Film } from '../films/judge.ts';
import type { MediaItem } from '../media.ts';
import type { Master } from '../photographs.ts';
import { COLUMNS, itemOf, type Row } from '../store-rows.ts';
import type { BeginInput, Upload } from './uploads.ts';

export interface UploadStore {
  /** Null where the user has too many that are open. */
  readonly open: (userId: string, input: BeginInput) => Promise<Upload | null>;
  readonly find: (id: string) => Promise<Upload | null>;
  /** Notes what came; false where something came before, or too late. */
  readonly receive: (id: string, file: string) => Promise<boolean>;
  readonly refuse: (id: string, refusal: Refusal) => Promise<void>;
  /** Writes the picture; null where the upload has become something already. */
  readonly addPicture: (upload: Upload, master: Master) => Promise<MediaItem | null>;
  /** Writes the film and the job that will package it; null where the upload has become something already. */
  readonly addFilm: (upload: Upload, film: Film) => Promise<MediaItem | null>;
  /** Forgets what was never completed; gives the files that nobody needs any more. */
  readonly sweep: () => Promise<readonly string[]>;
  /** Says that the files are gone. */
  readonly swept: (files: readonly string[]) => Promise<void>;
}

/** Enough for the pictures of four items. */
const MAX_OPEN = 48;

const UPLOAD = Prisma.sql`
  id, user_id AS "userId", kind::text AS kind, alt, bytes, state::text AS state, file,
  media_id AS "mediaId", refusal_code AS "refusalCode", refusal_message AS "refusalMessage",
  expires_at AS "expiresAt", expires_at <= now() AS "isExpired"`;

type UploadRow = Omit<Upload, 'refusal'> & {
  readonly refusalCode: Refusal['code'] | null;
  readonly refusalMessage: string | null;
};

const uploadOf = ({ refusalCode: code, refusalMessage: message, ...row }: UploadRow): Upload => ({
  ...row,
  refusal: code === null || message === null ? null : { code, message },
});

export const createUploadStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): UploadStore => {
  const prisma = new PrismaClient(prismaOptions);

  /** One completion makes something of an upload: the others wait at its row and find it done. */
  const completing = <Result>(
    { id }: Upload,
    write: (tx: Prisma.TransactionClient) => Promise<Result>,
  ): Promise<Result | null> =>
    prisma.$transaction(async (tx) => {
      const [locked] = await tx.$queryRaw<{ state: string }[]>`
        SELECT state::text AS state FROM uploads WHERE id = ${id} FOR UPDATE`;
      return locked?.state === 'RECEIVED' ? write(tx) : null;
    });

  return {
    open: async (userId, { kind, bytes, alt }) => {
      const rows = await prisma.$queryRaw<UploadRow[]>`
        INSERT INTO uploads (id, user_id, kind, alt, bytes, expires_at)
        SELECT ${newId('upload')}, ${userId}, ${kind}::media_kind, ${alt}, ${bytes}, now() + interval '1 hour'
        WHERE (SELECT count(*) FROM uploads
               WHERE user_id = ${userId} AND state IN ('EXPECTED', 'RECEIVED') AND expires_at > now()) < ${MAX_OPEN}
        RETURNING ${UPLOAD}`;
      return rows.map(uploadOf)[0] ?? null;
    },
    find: async (id) => {
      const rows = await prisma.$queryRaw<UploadRow[]>`
        SELECT ${UPLOAD} FROM uploads WHERE id = ${id}`;
      return rows.map(uploadOf)[0] ?? null;
    },
    receive: async (id, file) => {
      const changed = await prisma.$executeRaw`
        UPDATE uploads SET state = 'RECEIVED', file = ${file}
        WHERE id = ${id} AND state = 'EXPECTED' AND expires_at > now()`;
      return changed === 1;
    },
    refuse: async (id, { code, message }) => {
      await prisma.$executeRaw`
        UPDATE uploads SET state = 'REFUSED', refusal_code = ${code}, refusal_message = ${message}
        WHERE id = ${id} AND state = 'RECEIVED'`;
    },
    addPicture: (upload, master) => completing(upload, (tx) => writePicture(tx, upload, master)),
    addFilm: (upload, film) => completing(upload, (tx) => writeFilm(tx, upload, film)),
    sweep: async () => {
      await prisma.$executeRaw`
        UPDATE uploads SET state = 'REFUSED', refusal_code = 'EXPIRED',
          refusal_message = 'The upload was not completed in time; begin again.'
        WHERE state IN ('EXPECTED', 'RECEIVED') AND expires_at < now() - interval '1 day'`;
      const rows = await prisma.$queryRaw<{ file: string }[]>`
        SELECT file FROM uploads
        WHERE file IS NOT NULL AND (
          state = 'REFUSED' OR (state = 'DONE' AND NOT EXISTS (
            SELECT FROM packaging_jobs j WHERE j.video_id = media_id AND j.state IN ('QUEUED', 'RUNNING'))))
        LIMIT 100`;
      return rows.map(({ file }) => file);
    },
    swept: async (files) => {
      await prisma.$executeRaw`UPDATE uploads SET file = NULL WHERE file = ANY(${[...files]})`;
    },
  };
};

const writePicture = async (
  tx: Prisma.TransactionClient,
  upload: Upload,
  { width, height, mimeType, digest, source, placeholder }: Master,
): Promise<MediaItem> => {
  const rows = await tx.$queryRaw<Row[]>`
    INSERT INTO media_items AS m (id, kind, alt, width, height, mime_type, digest, source, placeholder,
      uploader_id, is_public)
    VALUES (${newId('image')}, 'IMAGE', ${upload.alt}, ${width}, ${height}, ${mimeType}, ${digest},
      ${JSON.stringify(source)}::jsonb, ${placeholder}, ${upload.userId}, false)
    RETURNING ${COLUMNS}`;
  return finish(tx, upload, rows);
};

const writeFilm = async (
  tx: Prisma.TransactionClient,
  upload: Upload,
  { width, height, durationSeconds, digest, placeholder }: Film,
): Promise<MediaItem> => {
  const id = newId('video');
  await tx.$executeRaw`
    INSERT INTO media_items (id, kind, alt, width, height, mime_type, digest, source, placeholder,
      duration_seconds, uploader_id, is_public)
    VALUES (${id}, 'VIDEO', ${upload.alt}, ${width}, ${height}, 'video/mp4', ${digest},
      '{ "kind": "film", "renditions": [] }', ${placeholder}, ${durationSeconds}::numeric,
      ${upload.userId}, false)`;
  await tx.$executeRaw`INSERT INTO packaging_jobs (video_id) VALUES (${id})`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM media_items m WHERE m.id = ${id}`;
  return finish(tx, upload, rows);
};

const finish = async (
  tx: Prisma.TransactionClient,
  upload: Upload,
  [row]: readonly Row[],
): Promise<MediaItem> => {
  if (row === undefined) throw new Error('What was uploaded was not written.');
  await tx.$executeRaw`
    UPDATE uploads SET state = 'DONE', media_id = ${row.id} WHERE id = ${upload.id}`;
  return itemOf(row);
};
