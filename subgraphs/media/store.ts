import { PrismaClient } from '../../generated/prisma/media/client.ts';
import type { Database } from '../kit/database.ts';
import { newId } from '../kit/ids.ts';
import type { MediaItem, Picture } from './media.ts';
import type { FileSource } from './sources.ts';
import { COLUMNS, itemOf, type Row } from './store-rows.ts';

/** Who can show something. */
export type OwnerKind = 'PRODUCT' | 'USER';

/** The place of a picture among those of an item or person. */
export interface Place {
  readonly ownerKind: OwnerKind;
  readonly ownerId: string;
  /** 0 is the cover; at most 11. */
  readonly position: number;
}

export type Shown = MediaItem & { readonly ownerId: string };

/** A photograph that lies in the media folder and is not in the table yet. */
export interface NewPhotograph {
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly mimeType: string;
  readonly digest: string;
  readonly source: FileSource;
  readonly placeholder: string;
}

/** Every method is one statement. */
export interface Store {
  readonly byIds: (ids: readonly string[]) => Promise<readonly MediaItem[]>;
  /**
   * What may be served by its address.
   *
   * @param until what a signed address says, in seconds since 1970; null for one that everyone knows
   */
  readonly findServed: (id: string, until: number | null) => Promise<MediaItem | null>;
  /** Changes the text of what this person uploaded; null where there is no such thing. */
  readonly changeAlt: (id: string, uploaderId: string, alt: string) => Promise<MediaItem | null>;
  /** What these show, in order of position. */
  readonly shownBy: (kind: OwnerKind, ids: readonly string[]) => Promise<readonly Shown[]>;
  /** Writes the row unless there is one with this digest; either way, gives back the row. */
  readonly addPhotograph: (photograph: NewPhotograph) => Promise<Picture>;
  /** Shows a picture at this place, instead of what was there. */
  readonly attach: (mediaId: string, place: Place) => Promise<void>;
}

export const createStore = (database: Database): Store => {
  const prisma = new PrismaClient(database.prismaOptions);
  return {
    byIds: async (ids) => {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT ${COLUMNS} FROM media_items m WHERE m.id = ANY(${ids})`;
      return rows.map(itemOf);
    },
    findServed: async (id, until) => {
      const rows = await prisma.$queryRaw<Row[]>`
        SELECT ${COLUMNS} FROM media_items m
        WHERE m.id = ${id}
          AND CASE WHEN ${until}::float8 IS NULL THEN m.is_public
              ELSE to_timestamp(${until}::float8) > now() END`;
      return rows.map(itemOf)[0] ?? null;
    },
    changeAlt: async (id, uploaderId, alt) => {
      const rows = await prisma.$queryRaw<Row[]>`
        UPDATE media_items m SET alt = ${alt}
        WHERE m.id = ${id} AND m.uploader_id = ${uploaderId} RETURNING ${COLUMNS}`;
      return rows.map(itemOf)[0] ?? null;
    },
    shownBy: async (kind, ids) => {
      const rows = await prisma.$queryRaw<(Row & { ownerId: string })[]>`
        SELECT a.owner_id AS "ownerId", ${COLUMNS}
        FROM attachments a JOIN media_items m ON m.id = a.media_id
        WHERE a.owner_kind = ${kind}::owner_kind AND a.owner_id = ANY(${ids})
        ORDER BY a.owner_id, a.position`;
      return rows.map((row) => ({ ...itemOf(row), ownerId: row.ownerId }));
    },
    addPhotograph: (photograph) => addPhotograph(prisma, photograph),
    attach: async (mediaId, { ownerKind, ownerId, position }) => {
      await prisma.$executeRaw`
        INSERT INTO attachments (owner_kind, owner_id, position, media_id)
        VALUES (${ownerKind}::owner_kind, ${ownerId}, ${position}, ${mediaId})
        ON CONFLICT (owner_kind, owner_id, position) DO UPDATE SET media_id = excluded.media_id`;
    },
  };
};

const addPhotograph = async (prisma: PrismaClient, photo: NewPhotograph): Promise<Picture> => {
  // DO UPDATE to what is there already, because DO NOTHING would give no row back.
  const [row] = await prisma.$queryRaw<Row[]>`
    INSERT INTO media_items AS m (id, kind, alt, width, height, mime_type, digest, source, placeholder)
    VALUES (${newId('image')}, 'IMAGE', ${photo.alt}, ${photo.width}, ${photo.height},
      ${photo.mimeType}, ${photo.digest}, ${JSON.stringify(photo.source)}::jsonb, ${photo.placeholder})
    ON CONFLICT (digest) WHERE source ->> 'kind' = 'file' AND uploader_id IS NULL DO UPDATE SET digest = excluded.digest
    RETURNING ${COLUMNS}`;
  const item = row && itemOf(row);
  if (item?.kind !== 'IMAGE') throw new Error('The photograph was not written.');
  return item;
};
