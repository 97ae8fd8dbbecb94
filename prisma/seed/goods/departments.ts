import { audio } from './audio.ts';
import { bicycles } from './bicycles.ts';
import { books } from './books.ts';
import { cameras } from './cameras.ts';
import { clothing } from './clothing.ts';
import { computers } from './computers.ts';
import { furniture } from './furniture.ts';
import { garden } from './garden.ts';
import type { Department, Goods } from './goods.ts';
import { home } from './home.ts';
import { instruments } from './instruments.ts';
import { shoes } from './shoes.ts';
import { toys } from './toys.ts';

/** The category tree, in the order to show it. */
export const DEPARTMENTS: readonly Department[] = [
  cameras,
  audio,
  instruments,
  books,
  bicycles,
  furniture,
  home,
  clothing,
  shoes,
  toys,
  computers,
  garden,
];

export const LEAVES: readonly Goods[] = DEPARTMENTS.flatMap(({ leaves }) => leaves);

/** The categories' ids follow from their slugs, without the dashes that ids do not have. */
export const categoryId = (slug: string): string => `category_${slug.replaceAll('-', '')}`;
