import type { TableRows } from '../insert.ts';
import type { Market } from '../market.ts';

/** The rows of the media's database; stills come before the clips that point at them. */
export const mediaTables = ({ pictures }: Market): readonly TableRows[] => [
  {
    table: 'media_items',
    columns: {
      id: 'text',
      kind: 'media_kind',
      alt: 'text',
      width: 'integer',
      height: 'integer',
      mime_type: 'text',
      digest: 'text',
      source: 'jsonb',
      placeholder: 'text',
      duration_seconds: 'decimal',
      poster_id: 'text',
      created_at: 'timestamptz',
    },
    rows: pictures.map((picture) => ({
      id: picture.id,
      kind: picture.kind,
      alt: picture.alt,
      width: picture.width,
      height: picture.height,
      mime_type: picture.mimeType,
      digest: picture.digest,
      source: picture.source,
      placeholder: picture.placeholder,
      duration_seconds: picture.kind === 'VIDEO' ? picture.durationSeconds : null,
      poster_id: picture.posterId,
      created_at: picture.createdAt,
    })),
  },
  {
    table: 'attachments',
    columns: { owner_kind: 'owner_kind', owner_id: 'text', position: 'integer', media_id: 'text' },
    rows: pictures.flatMap(({ id, place }) =>
      place === null
        ? []
        : [
            {
              owner_kind: place.ownerKind,
              owner_id: place.ownerId,
              position: place.position,
              media_id: id,
            },
          ],
    ),
  },
];
