import { Prisma } from '../../generated/prisma/media/client.ts';
import { type FilmStatus, type MediaItem, placeholderOf } from './media.ts';
import type { Source } from './sources.ts';

/** A row of `media_items m`, with what is known of its packaging. */
export interface Row {
  readonly id: string;
  readonly kind: 'IMAGE' | 'VIDEO';
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly mimeType: string;
  readonly digest: string;
  readonly source: Source;
  readonly placeholder: string | null;
  readonly durationSeconds: string | null;
  readonly posterId: string | null;
  readonly uploaderId: string | null;
  readonly isPublic: boolean;
  readonly signedUntil: number;
  readonly job: JobRow | null;
}

/** Null for a film that was never packaged: a clip that comes with the code. */
interface JobRow {
  readonly state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly progress: number;
}

/**
 * The columns of a row. Addresses that are signed within an hour are the same, so that browsers keep
 * what they have seen; they are good for 12 to 13 hours.
 */
export const COLUMNS = Prisma.sql`
  m.id, m.kind::text AS kind, m.alt, m.width, m.height, m.mime_type AS "mimeType", m.digest,
  m.source, m.placeholder, m.duration_seconds::text AS "durationSeconds",
  m.poster_id AS "posterId", m.uploader_id AS "uploaderId", m.is_public AS "isPublic",
  extract(epoch FROM date_trunc('hour', now()) + interval '13 hours')::int AS "signedUntil",
  (SELECT jsonb_build_object('state', j.state, 'progress', j.progress)
   FROM packaging_jobs j WHERE j.video_id = m.id) AS job`;

const STATUS: Readonly<Record<JobRow['state'], FilmStatus>> = {
  QUEUED: 'QUEUED',
  RUNNING: 'PACKAGING',
  DONE: 'READY',
  FAILED: 'FAILED',
};

export const itemOf = (row: Row): MediaItem => {
  const { id, alt, width, height, digest, source, uploaderId, isPublic, signedUntil } = row;
  const placeholder = placeholderOf(row.placeholder, source);
  const shown = { id, alt, width, height, digest, source, placeholder };
  const access = { uploaderId, isPublic, signedUntil };
  if (row.kind === 'IMAGE') return { kind: 'IMAGE', ...shown, ...access };
  const { mimeType, durationSeconds, posterId, job } = row;
  return {
    kind: 'VIDEO',
    ...shown,
    ...access,
    mimeType,
    // A check of the table: a film has a duration.
    durationSeconds: durationSeconds ?? '0.0',
    posterId,
    packaging:
      job === null
        ? { status: 'READY', progress: 100 }
        : { status: STATUS[job.state], progress: job.progress },
  };
};
