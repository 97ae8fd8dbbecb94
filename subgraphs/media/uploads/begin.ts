import { done, NOT_SIGNED_IN, type Outcome, problem, refused, within } from '../../kit/outcomes.ts';
import { checkLine } from '../../kit/texts.ts';
import type { Check, MediaErrorCode } from '../errors.ts';
import type { Links } from '../links.ts';
import type { UploadStore } from './upload-store.ts';
import type { BeginInput, MediaKind } from './uploads.ts';

/** Where a file is to be sent, and how; the schema's `Upload`. */
export interface UploadTarget {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: Date;
  readonly maxBytes: number;
}

/** In bytes. */
const MAX_BYTES: Readonly<Record<MediaKind, number>> = {
  IMAGE: 25 * 1024 * 1024,
  VIDEO: 512 * 1024 * 1024,
};

/** In characters. */
const ALT_LENGTH = [1, 300] as const;

interface Desk {
  readonly uploads: UploadStore;
  readonly links: Links;
  readonly publicUrl: string;
}

/** Says where a file may be sent, for an hour. */
export const beginUpload = async (
  { uploads, links, publicUrl }: Desk,
  viewerId: string | null,
  input: BeginInput,
): Promise<Outcome<UploadTarget, MediaErrorCode>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const found = within(['input'], [...checkBytes(input), ...checkAlt(input.alt)]);
  if (found.length > 0) return refused(found);
  const upload = await uploads.open(viewerId, input);
  if (upload === null) return refused(TOO_MANY_OPEN);
  return done({
    id: upload.id,
    url: `${publicUrl}${links.uploadPath(upload.id, upload.bytes)}`,
    method: 'PUT',
    headers: [{ name: 'content-type', value: 'application/octet-stream' }],
    expiresAt: upload.expiresAt,
    maxBytes: upload.bytes,
  });
};

const TOO_MANY_OPEN = problem(
  'TRY_LATER',
  null,
  'Too many of your uploads are open: complete those that were sent; the others expire within the hour.',
);

const checkBytes = ({ kind, bytes }: BeginInput): Check => {
  const most = MAX_BYTES[kind];
  if (bytes < 1) return problem('EMPTY', ['bytes'], 'The file is empty; choose another.');
  if (bytes <= most) return [];
  const what = kind === 'IMAGE' ? 'A picture' : 'A film';
  const message = `${what} has at most ${most / 1024 / 1024} MiB; save it smaller.`;
  return problem('TOO_LARGE', ['bytes'], message);
};

export const checkAlt = (alt: string): Check => {
  const length = checkLine(alt, ALT_LENGTH, ['alt'], 'The text');
  if (length.length > 0 || alt.trim() !== '') return length;
  return problem('INVALID', ['alt'], 'The text says what is to be seen.');
};
