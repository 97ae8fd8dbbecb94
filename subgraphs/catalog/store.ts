import { PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { Database } from '../kit/database.ts';
import type { ProductStore } from './actions.ts';
import type { HoldStore } from './holds.ts';
import type { ImportStore } from './imports.ts';
import { type Eras, NO_ERAS } from './newest.ts';
import { createFactReader, type FactReader } from './store-facts.ts';
import { createHoldStore } from './store-holds.ts';
import { createImportStore } from './store-imports.ts';
import { createListReader, type ListReader } from './store-lists.ts';
import { createOwnReader, type OwnReader } from './store-own.ts';
import { type CategoryReader, createProductStore } from './store-products.ts';

export type Store = ProductStore &
  CategoryReader &
  ListReader &
  ImportStore &
  HoldStore &
  OwnReader &
  FactReader;

/**
 * The catalogue's tables, in the words of the domain.
 *
 * @param eras how old items are at the moment, for searches among many
 */
export const createStore = (
  { prismaOptions }: Pick<Database, 'prismaOptions'>,
  eras: () => Eras = () => NO_ERAS,
): Store => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    ...createProductStore(prisma),
    ...createListReader(prisma, eras),
    ...createImportStore(prisma),
    ...createHoldStore(prisma),
    ...createOwnReader(prisma),
    ...createFactReader(prisma),
  };
};
