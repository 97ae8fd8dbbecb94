import { SettingsError } from '../../process/settings.ts';
import type { Draft } from '../../subgraphs/catalog/drafts.ts';
import type { CurrencyCode } from '../../subgraphs/kit/money.ts';
import { PURCHASE_COLUMNS } from './purchases/format.ts';
import { tidyTitle } from './titles.ts';

/** A row's words by column, without blanks around them; '' where there are none. */
type Words = (column: string) => string;

/** What a row says of an item; where it belongs is decided elsewhere. */
interface Item extends Omit<Draft, 'categorySlug' | 'mediaIds'> {
  /** Unique within the format: what tells a row from all others, whenever its file is imported. */
  readonly importKey: string;
  /** A category's name or slug; '' where the row names none. */
  readonly category: string;
}

/** What a row is: an item, or why it is none, in words for whoever wrote the file. */
type Reading = { readonly item: Item } | { readonly reason: string };

/** How rows are understood, given their header. */
export interface Format {
  readonly name: 'online-retail' | 'listings';
  readonly ignoredColumns: readonly string[];
  readonly read: (fields: readonly string[]) => Reading;
}

interface Kind {
  readonly name: Format['name'];
  readonly needed: readonly string[];
  readonly optional: readonly string[];
  readonly read: (words: Words) => Reading;
}

const readOnlineRetail = (words: Words): Reading => {
  const sold = words('times_sold');
  const hasSold = /^[1-9]\d*$/.test(sold);
  return reading(words('product_id'), 'online-retail', {
    title: tidyTitle(words('title')),
    description: hasSold
      ? `From the stock of an online shop that sold it ${sold} ${sold === '1' ? 'time' : 'times'}.`
      : 'From the stock of an online shop.',
    condition: 'NEW',
    brand: null,
    price: { amount: decimal(words('price_gbp')), currencyCode: 'GBP' },
    quantity: 1,
    attributes: [],
    category: '',
  });
};

const readListing = (words: Words): Reading => {
  const condition = oneOf(CONDITIONS, words('condition').replace(/[ -]/g, '_'), 'GOOD');
  if (condition === undefined) return wrong('condition', words('condition'), CONDITIONS);
  const currencyCode = oneOf(CURRENCIES, words('currency'), 'EUR');
  if (currencyCode === undefined) return wrong('currency', words('currency'), CURRENCIES);
  const quantity = words('quantity');
  return reading(words('id'), 'listings', {
    title: tidyTitle(words('title')),
    description: words('description'),
    condition,
    brand: words('brand') || null,
    price: { amount: decimal(words('price')), currencyCode },
    quantity: quantity === '' ? 1 : Number(quantity),
    attributes: [],
    category: words('category'),
  });
};

const KINDS: readonly Kind[] = [
  {
    name: 'online-retail',
    needed: ['product_id', 'title', 'price_gbp'],
    optional: ['times_sold'],
    read: readOnlineRetail,
  },
  {
    name: 'listings',
    needed: ['id', 'title', 'price'],
    optional: ['description', 'condition', 'brand', 'currency', 'category', 'quantity'],
    read: readListing,
  },
];

const CONDITIONS = ['NEW', 'LIKE_NEW', 'VERY_GOOD', 'GOOD', 'FAIR'] as const;
const CURRENCIES = ['EUR', 'GBP', 'USD'] as const satisfies readonly CurrencyCode[];

/**
 * Recognizes a file by its header.
 *
 * @throws SettingsError in one line that says which headers are understood
 */
export const formatOf = (header: readonly string[]): Format => {
  const columns = header.map((name) => name.trim().toLowerCase());
  const kind = KINDS.find(({ needed }) => needed.every((name) => columns.includes(name)));
  if (kind === undefined) {
    const understood = KINDS.map(({ needed, optional }) => `${needed} [,${optional}]`);
    understood.push(`${PURCHASE_COLUMNS}`);
    throw new SettingsError(
      `The first line has the columns ${columns.slice(0, 12).join(', ').slice(0, 200)}; understood are ${understood.join(' and ')}`,
    );
  }
  const known = new Set([...kind.needed, ...kind.optional]);
  return {
    name: kind.name,
    ignoredColumns: columns.filter((name) => !known.has(name)),
    read: (fields) => {
      if (fields.length !== columns.length) {
        return { reason: `has ${fields.length} values, and there are ${columns.length} columns` };
      }
      if (fields.some((field) => field.includes('\ufffd'))) return { reason: 'is not in UTF-8' };
      return kind.read((column) => fields[columns.indexOf(column)]?.trim() ?? '');
    },
  };
};

const reading = (id: string, format: Format['name'], item: Omit<Item, 'importKey'>): Reading => {
  if (id === '') return { reason: 'has no id' };
  if (item.title === '') return { reason: 'has no title' };
  if (item.price.amount === '') return { reason: 'has no price' };
  return { item: { ...item, importKey: `${format}:${id}` } };
};

/** A comma may stand for the point. */
const decimal = (text: string): string => text.replace(/^(\d+),(\d{1,2})$/, '$1.$2');

const oneOf = <T extends string>(
  choices: readonly T[],
  text: string,
  otherwise: T,
): T | undefined =>
  text === '' ? otherwise : choices.find((choice) => choice === text.toUpperCase());

const wrong = (column: string, text: string, choices: readonly string[]): Reading => ({
  reason: `${column} "${text}" is none of ${choices.join(', ')}`,
});
