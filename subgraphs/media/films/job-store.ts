import { type Prisma, PrismaClient } from '../../../generated/prisma/media/client.ts';
import type { Database } from '../../kit/database.ts';
import { newId } from '../../kit/ids.ts';
import type { Master } from '../photographs.ts';
import type { FilmRendition } from '../sources.ts';

/** A film that this process is to package. */
export interface Job {
  readonly videoId: string;
  /** Whoever takes the job up later has a higher one, and what this one writes counts no more. */
  readonly fence: number;
  /** The film as it came, below the media folder. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  /** What is finished already. */
  readonly finished: readonly FilmRendition[];
}

/** Somebody else has taken the job up, or the film is gone. */
export class LostJob extends Error {
  override readonly name = 'LostJob';
}

export interface JobStore {
  /** Takes up the job that waits longest, also one whose process has died; null where there is none. */
  readonly take: () => Promise<Job | null>;
  /** Says that the job is being done. @throws LostJob */
  readonly beat: (job: Job, progress: number) => Promise<void>;
  /** Keeps what is finished, whatever becomes of this process. @throws LostJob */
  readonly addRendition: (job: Job, rendition: FilmRendition) => Promise<void>;
  /** Lets viewers see the film, with all that is finished. @throws LostJob */
  readonly publish: (job: Job, poster: Master | null) => Promise<void>;
  /** Leaves the job to whoever takes it up next. */
  readonly giveBack: (job: Job) => Promise<void>;
  /** Leaves the job for later, or for good where it failed too often. */
  readonly fail: (job: Job) => Promise<void>;
}

/** How long who has a job may be silent before it is taken for dead, in seconds. */
const LEASE_S = 30;

/** Failures and deaths in all, after which a film is given up. */
const MAX_FAILURES = 3;

interface JobRow extends Omit<Job, 'durationSeconds'> {
  readonly durationSeconds: string;
}

export const createJobStore = ({ prismaOptions }: Pick<Database, 'prismaOptions'>): JobStore => {
  const prisma = new PrismaClient(prismaOptions);

  /** Writes where the job is still this one's. */
  const holding = (
    { videoId, fence }: Job,
    write: (tx: Prisma.TransactionClient) => Promise<unknown>,
  ): Promise<void> =>
    prisma.$transaction(async (tx) => {
      const held = await tx.$queryRaw<unknown[]>`
        SELECT FROM packaging_jobs
        WHERE video_id = ${videoId} AND fence = ${fence} AND state = 'RUNNING' FOR UPDATE`;
      if (held.length === 0) throw new LostJob();
      await write(tx);
    });

  return {
    take: async () => {
      await giveUp(prisma);
      const [row] = await take(prisma);
      return row === undefined ? null : { ...row, durationSeconds: Number(row.durationSeconds) };
    },
    beat: async ({ videoId, fence }, progress) => {
      const held = await prisma.$executeRaw`
        UPDATE packaging_jobs
        SET progress = ${progress}, not_before = now() + make_interval(secs => ${LEASE_S})
        WHERE video_id = ${videoId} AND fence = ${fence} AND state = 'RUNNING'`;
      if (held === 0) throw new LostJob();
    },
    addRendition: (job, { name, width, height, bandwidth, codecs, file, playlist }) =>
      holding(
        job,
        (tx) => tx.$executeRaw`
          INSERT INTO film_renditions (video_id, name, width, height, bandwidth, codecs, file, playlist)
          VALUES (${job.videoId}, ${name}, ${width}, ${height}, ${bandwidth}, ${codecs}, ${file}, ${playlist})`,
      ),
    publish: (job, poster) => holding(job, (tx) => publish(tx, job, poster)),
    giveBack: async ({ videoId, fence }) => {
      await prisma.$executeRaw`
        UPDATE packaging_jobs SET state = 'QUEUED', not_before = now()
        WHERE video_id = ${videoId} AND fence = ${fence} AND state = 'RUNNING'`;
    },
    fail: async ({ videoId, fence }) => {
      await prisma.$executeRaw`
        UPDATE packaging_jobs
        SET state = 'QUEUED', failures = failures + 1, not_before = now() + interval '5 seconds'
        WHERE video_id = ${videoId} AND fence = ${fence} AND state = 'RUNNING'`;
      await giveUp(prisma);
    },
  };
};

/** A film that kills whoever packages it must not kill for ever. */
const giveUp = (prisma: PrismaClient): Promise<unknown> => prisma.$executeRaw`
  UPDATE packaging_jobs SET state = 'FAILED'
  WHERE (state = 'QUEUED' AND failures >= ${MAX_FAILURES})
    OR (state = 'RUNNING' AND not_before <= now() AND failures + 1 >= ${MAX_FAILURES})`;

/** Who is RUNNING and was silent for too long has died: that counts as a failure. */
const take = (prisma: PrismaClient): Promise<JobRow[]> => prisma.$queryRaw<JobRow[]>`
  UPDATE packaging_jobs j
  SET state = 'RUNNING', fence = j.fence + 1,
    failures = j.failures + CASE WHEN j.state = 'RUNNING' THEN 1 ELSE 0 END,
    not_before = now() + make_interval(secs => ${LEASE_S})
  FROM media_items m, uploads u
  WHERE m.id = j.video_id AND u.media_id = m.id AND j.video_id = (
    SELECT video_id FROM packaging_jobs
    WHERE state IN ('QUEUED', 'RUNNING') AND not_before <= now()
    ORDER BY created_at LIMIT 1
    FOR UPDATE SKIP LOCKED
  )
  RETURNING j.video_id AS "videoId", j.fence, u.file, m.width, m.height,
    m.duration_seconds::text AS "durationSeconds",
    COALESCE((
      SELECT jsonb_agg(jsonb_build_object('name', r.name, 'width', r.width, 'height', r.height,
        'bandwidth', r.bandwidth, 'codecs', r.codecs, 'file', r.file, 'playlist', r.playlist))
      FROM film_renditions r WHERE r.video_id = j.video_id), '[]') AS finished`;

const publish = async (
  tx: Prisma.TransactionClient,
  { videoId }: Job,
  poster: Master | null,
): Promise<void> => {
  // Held until the end, so that a listing which is told of meanwhile finds the poster too.
  await tx.$queryRaw`SELECT FROM media_items WHERE id = ${videoId} FOR UPDATE`;
  const posterId = poster === null ? null : newId('image');
  if (poster !== null) {
    await tx.$executeRaw`
      INSERT INTO media_items (id, kind, alt, width, height, mime_type, digest, source, placeholder,
        uploader_id, is_public)
      SELECT ${posterId}, 'IMAGE', alt, ${poster.width}, ${poster.height}, ${poster.mimeType},
        ${poster.digest}, ${JSON.stringify(poster.source)}::jsonb, ${poster.placeholder},
        uploader_id, is_public
      FROM media_items WHERE id = ${videoId}`;
  }
  await tx.$executeRaw`
    UPDATE media_items m
    SET poster_id = ${posterId}, placeholder = COALESCE(${poster?.placeholder ?? null}, m.placeholder),
      source = jsonb_build_object('kind', 'film', 'renditions', (
        SELECT jsonb_agg(jsonb_build_object('name', r.name, 'width', r.width, 'height', r.height,
          'bandwidth', r.bandwidth, 'codecs', r.codecs, 'file', r.file, 'playlist', r.playlist)
          ORDER BY r.height DESC)
        FROM film_renditions r WHERE r.video_id = m.id))
    WHERE m.id = ${videoId}`;
  await tx.$executeRaw`
    UPDATE packaging_jobs SET state = 'DONE', progress = 100 WHERE video_id = ${videoId}`;
};
