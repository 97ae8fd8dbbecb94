import { readFile } from 'node:fs/promises';
import { done, NOT_SIGNED_IN, type Outcome, problem, refused } from '../../kit/outcomes.ts';
import type { MediaErrorCode, Refusal } from '../errors.ts';
import { judgeFilm } from '../films/judge.ts';
import type { MediaItem } from '../media.ts';
import { keepMaster } from '../photographs.ts';
import type { Storage } from '../storage.ts';
import { BusyError, type Turnstile } from '../turnstile.ts';
import { judgePicture } from './pictures.ts';
import type { UploadStore } from './upload-store.ts';
import type { Upload } from './uploads.ts';

export interface Workshop {
  readonly uploads: UploadStore;
  readonly storage: Storage;
  readonly byId: (id: string) => Promise<MediaItem | null>;
  /** Few files are decoded at once. */
  readonly inTurn: Turnstile;
  /** Whether films in other codings than every browser plays are taken, because they are encoded anew. */
  readonly transcodes: boolean;
  /** Called when there is a film to package. */
  readonly onFilm: () => void;
}

type Completed = Outcome<MediaItem, MediaErrorCode>;

/**
 * Looks at what was sent and makes a picture or a film of it. However often it is asked, and whatever
 * died in between, one upload becomes one thing, or is refused for one reason.
 */
export const completeUpload = async (
  workshop: Workshop,
  viewerId: string | null,
  uploadId: string,
): Promise<Completed> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const upload = await workshop.uploads.find(uploadId);
  if (upload === null || upload.userId !== viewerId) return refused(NO_UPLOAD);
  if (upload.state !== 'RECEIVED') return outcomeOf(workshop, upload);
  try {
    return await workshop.inTurn(() => take(workshop, upload));
  } catch (error) {
    if (error instanceof BusyError) return refused(BUSY);
    throw error;
  }
};

const FIELD = ['input', 'uploadId'] as const;
const NO_UPLOAD = problem('NOT_FOUND', FIELD, 'You have no such upload; begin one.');
const NOT_RECEIVED = problem('NOT_RECEIVED', FIELD, 'The file was not sent yet; send it to `url`.');
const EXPIRED = problem('EXPIRED', FIELD, 'The file was not sent in time; begin again.');
const NO_MEDIA = problem('NOT_FOUND', FIELD, 'What the upload became was deleted.');
const BUSY = problem('TRY_LATER', null, 'Too much is being done; ask again in a few seconds.');

/** What became of an upload that is not waiting to be looked at. */
const outcomeOf = async ({ byId }: Workshop, upload: Upload): Promise<Completed> => {
  if (upload.refusal !== null) {
    return refused(problem(upload.refusal.code, FIELD, upload.refusal.message));
  }
  if (upload.state === 'EXPECTED') return refused(upload.isExpired ? EXPIRED : NOT_RECEIVED);
  const item = upload.mediaId === null ? null : await byId(upload.mediaId);
  return item === null ? refused(NO_MEDIA) : done(item);
};

const take = async (workshop: Workshop, upload: Upload): Promise<Completed> => {
  const { uploads, storage } = workshop;
  const file = upload.file === null ? null : await storage.find(upload.file);
  if (file === null) throw new Error('What was uploaded is not there.');
  const taken =
    upload.kind === 'IMAGE'
      ? await takePicture(workshop, upload, file)
      : await takeFilm(workshop, upload, file);
  if (taken !== null && 'code' in taken) await uploads.refuse(upload.id, taken);
  else if (taken !== null) return done(taken);
  // Refused just now, or completed by another request meanwhile.
  const now = await uploads.find(upload.id);
  return now === null ? refused(NO_UPLOAD) : outcomeOf(workshop, now);
};

const takePicture = async (
  { uploads, storage }: Workshop,
  upload: Upload,
  file: string,
): Promise<MediaItem | Refusal | null> => {
  const bytes = await readFile(file);
  const refusal = await judgePicture(bytes);
  if (refusal !== null) return refusal;
  const master = await keepMaster(storage, bytes).catch(() => null);
  return master === null ? CANNOT_BE_DECODED : uploads.addPicture(upload, master);
};

const CANNOT_BE_DECODED: Refusal = {
  code: 'DAMAGED',
  message: 'The picture cannot be read to its end; open it, save it anew and send that.',
};

const takeFilm = async (
  { uploads, transcodes, onFilm }: Workshop,
  upload: Upload,
  file: string,
): Promise<MediaItem | Refusal | null> => {
  const judged = await judgeFilm(file, transcodes);
  if ('code' in judged) return judged;
  const item = await uploads.addFilm(upload, judged);
  onFilm();
  return item;
};
