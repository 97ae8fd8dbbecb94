import { Prisma, PrismaClient } from '../../generated/prisma/media/client.ts';
import type { Database } from '../kit/database.ts';
import { once } from '../kit/inbox.ts';

/** What the catalogue tells of an item. */
export interface ListingTold {
  /** A UUID. */
  readonly eventId: string;
  readonly productId: string;
  readonly sellerId: string;
  readonly mediaIds: readonly string[];
  readonly isPublic: boolean;
  readonly version: number;
}

/** What came of it. */
export interface ListingRecorded {
  /** Whether it was told for the first time, and nothing newer was known. */
  readonly isNew: boolean;
  /** What the item shows now, in order. */
  readonly mediaIds: readonly string[];
}

export interface ListingStore {
  readonly record: (told: ListingTold) => Promise<ListingRecorded>;
}

export const createListingStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): ListingStore => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    record: (told) =>
      prisma.$transaction(async (tx) => {
        let isNew = false;
        await once(tx, told.eventId, async () => {
          isNew = await isNewest(tx, told);
          if (isNew) await show(tx, told);
        });
        return { isNew, mediaIds: await shownBy(tx, told.productId) };
      }),
  };
};

/** Whoever tells of the same item at the same time waits here. */
const isNewest = async (
  tx: Prisma.TransactionClient,
  { productId, version, isPublic }: ListingTold,
): Promise<boolean> => {
  const changed = await tx.$executeRaw`
    INSERT INTO listings AS l (product_id, version, is_public)
    VALUES (${productId}, ${version}, ${isPublic})
    ON CONFLICT (product_id) DO UPDATE
    SET version = excluded.version, is_public = excluded.is_public
    WHERE l.version < excluded.version`;
  return changed === 1;
};

const shownBy = async (tx: Prisma.TransactionClient, productId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ mediaId: string }[]>`
    SELECT media_id AS "mediaId" FROM attachments
    WHERE owner_kind = 'PRODUCT' AND owner_id = ${productId} ORDER BY position`;
  return rows.map(({ mediaId }) => mediaId);
};

const show = async (
  tx: Prisma.TransactionClient,
  { productId, sellerId, mediaIds }: ListingTold,
): Promise<void> => {
  const before = await shownBy(tx, productId);
  const touched = [...new Set([...before, ...mediaIds])];
  // In order of id, so that two items which share pictures do not wait for each other in a circle.
  const known = await tx.$queryRaw<{ id: string; uploaderId: string | null }[]>`
    SELECT id, uploader_id AS "uploaderId" FROM media_items
    WHERE id = ANY(${touched}) ORDER BY id FOR UPDATE`;
  const allowed = new Set(
    known
      .filter(({ id, uploaderId }) => uploaderId === sellerId || before.includes(id))
      .map(({ id }) => id),
  );
  const shown = [...new Set(mediaIds)].filter((id) => allowed.has(id));
  await tx.$executeRaw`
    DELETE FROM attachments WHERE owner_kind = 'PRODUCT' AND owner_id = ${productId}`;
  await tx.$executeRaw`
    INSERT INTO attachments (owner_kind, owner_id, position, media_id)
    SELECT 'PRODUCT', ${productId}, position - 1, id
    FROM unnest(${shown}::text[]) WITH ORDINALITY AS shown (id, position)`;
  await decideWhoSees(tx, touched);
};

/**
 * The one place that says whether uploads are for everyone: while a public listing, or a person, shows
 * them. A poster is as its film; the rows of the films are locked, so none gets its poster meanwhile.
 */
const decideWhoSees = async (
  tx: Prisma.TransactionClient,
  mediaIds: readonly string[],
): Promise<void> => {
  const isShown = Prisma.sql`EXISTS (
    SELECT FROM attachments a LEFT JOIN listings l ON l.product_id = a.owner_id
    WHERE a.media_id = m.id AND COALESCE(l.is_public, true))`;
  await tx.$executeRaw`
    UPDATE media_items m SET is_public = ${isShown}
    WHERE m.id = ANY(${[...mediaIds]}) AND m.uploader_id IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE media_items m
    SET is_public = ${isShown} OR EXISTS (
      SELECT FROM media_items f WHERE f.poster_id = m.id AND f.is_public)
    WHERE m.uploader_id IS NOT NULL AND m.id IN (
      SELECT poster_id FROM media_items WHERE id = ANY(${[...mediaIds]}))`;
};
