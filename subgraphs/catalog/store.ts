import { PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { Database } from '../kit/database.ts';
import type { ProductStore } from './actions.ts';
import type { HoldStore } from './holds.ts';
import type { ImportStore } from './imports.ts';
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
  OwnReader;

/** The catalogue's tables, in the words of the domain. */
export const createStore = ({ adapter }: Pick<Database, 'adapter'>): Store => {
  const prisma = new PrismaClient({ adapter });
  return {
    ...createProductStore(prisma),
    ...createListReader(prisma),
    ...createImportStore(prisma),
    ...createHoldStore(prisma),
    ...createOwnReader(prisma),
  };
};
