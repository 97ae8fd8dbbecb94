import { isId } from '../kit/ids.ts';
import { type CurrencyCode, minorUnitsOf, type Price } from '../kit/money.ts';
import { done, FINE, problem, refused } from '../kit/outcomes.ts';
import { checkLine, checkText, isBetween } from '../kit/texts.ts';
import type { Category, CategoryTree } from './categories.ts';
import type { Check, Outcome } from './errors.ts';
import type { Attribute, Condition, Product } from './products.ts';

/** What a seller says about an item, as they wrote it. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly condition: Condition;
  readonly brand: string | null;
  readonly price: { readonly amount: string; readonly currencyCode: CurrencyCode };
  readonly categorySlug: string;
  readonly quantity: number;
  readonly attributes: readonly Attribute[];
  readonly mediaIds: readonly string[];
}

/** The same, checked and in the form in which it is kept. */
export interface Listing {
  readonly title: string;
  readonly description: string;
  readonly condition: Condition;
  readonly brand: string | null;
  readonly price: Price;
  readonly categoryId: string;
  readonly quantityAvailable: number;
  readonly attributes: readonly Attribute[];
  readonly mediaIds: readonly string[];
}

/** In minor units: one million. */
const MAX_PRICE = 100_000_000n;
const MAX_QUANTITY = 999;
const MAX_ATTRIBUTES = 20;
const MAX_MEDIA = 12;

const checkPrice = ({ amount }: Draft['price']): Check => {
  const minorUnits = minorUnitsOf(amount);
  if (minorUnits === null)
    return problem('INVALID', ['price', 'amount'], 'A price has at most two decimals: 19.90.');
  if (minorUnits > 0n && minorUnits <= MAX_PRICE) return FINE;
  return problem('INVALID', ['price', 'amount'], 'A price is above zero and at most 1,000,000.');
};

const checkCategory = (category: Category | null, tree: CategoryTree): Check => {
  if (category === null)
    return problem('NOT_FOUND', ['categorySlug'], 'There is no category with this slug.');
  if (tree.children(category.id).length === 0) return FINE;
  return problem(
    'INVALID',
    ['categorySlug'],
    `${category.name} has categories below it: choose one of those.`,
  );
};

/** A number of pieces, in the field `quantity`. */
export const checkQuantity = (quantity: number): Check =>
  Number.isInteger(quantity) && isBetween(quantity, 1, MAX_QUANTITY)
    ? FINE
    : problem('INVALID', ['quantity'], `There are 1 to ${MAX_QUANTITY} pieces of an item.`);

const checkAttributes = (attributes: readonly Attribute[]): Check =>
  attributes.length > MAX_ATTRIBUTES
    ? problem('INVALID', ['attributes'], `An item has at most ${MAX_ATTRIBUTES} attributes.`)
    : attributes.flatMap(({ name, value }, index) => [
        ...checkLine(name, [1, 40], ['attributes', String(index), 'name'], 'A name'),
        ...checkLine(value, [1, 120], ['attributes', String(index), 'value'], 'A value'),
      ]);

const checkMedia = (ids: readonly string[]): Check => {
  if (ids.length > MAX_MEDIA)
    return problem('INVALID', ['mediaIds'], `An item has at most ${MAX_MEDIA} pictures and films.`);
  if (new Set(ids).size < ids.length)
    return problem('INVALID', ['mediaIds'], 'Name each picture or film once.');
  return ids.flatMap((id, index) =>
    isId('image', id) || isId('video', id)
      ? FINE
      : problem('INVALID', ['mediaIds', String(index)], 'That is no picture and no film.'),
  );
};

/** As kept: no blanks around what was typed, and no brand rather than an empty one. */
const tidy = (draft: Partial<Draft>): Partial<Draft> => ({
  ...draft,
  ...(draft.title !== undefined && { title: draft.title.trim() }),
  ...(draft.description !== undefined && { description: draft.description.trim() }),
  ...(draft.brand !== undefined && { brand: draft.brand?.trim() || null }),
  ...(draft.attributes !== undefined && {
    attributes: draft.attributes.map(({ name, value }) => ({
      name: name.trim(),
      value: value.trim(),
    })),
  }),
});

const checkDraft = (draft: Partial<Draft>, tree: CategoryTree): Check => {
  const { title, description, brand, price, categorySlug, quantity, attributes, mediaIds } = draft;
  return [
    ...(title === undefined ? FINE : checkLine(title, [3, 140], ['title'], 'A title')),
    ...(description === undefined
      ? FINE
      : checkText(description, 5_000, ['description'], 'A description')),
    ...(brand == null ? FINE : checkLine(brand, [1, 60], ['brand'], 'A brand')),
    ...(price === undefined ? FINE : checkPrice(price)),
    ...(categorySlug === undefined ? FINE : checkCategory(tree.bySlug(categorySlug), tree)),
    ...(quantity === undefined ? FINE : checkQuantity(quantity)),
    ...(attributes === undefined ? FINE : checkAttributes(attributes)),
    ...(mediaIds === undefined ? FINE : checkMedia(mediaIds)),
  ];
};

/** What a draft still has to say before it can be for sale. */
export const checkComplete = (
  { condition, price, categoryId }: Product,
  tree: CategoryTree,
): Check => [
  ...(condition === null ? problem('REQUIRED', ['condition'], 'Say how worn the item is.') : FINE),
  ...(price === null ? problem('REQUIRED', ['price'], 'Say what a piece costs.') : FINE),
  ...(categoryId === null
    ? problem('REQUIRED', ['categorySlug'], 'Say where in the tree the item belongs.')
    : checkCategory(tree.byId(categoryId), tree)),
];

/** Of an amount that was checked before. */
const priceOf = ({ amount, currencyCode }: Draft['price']): Price => {
  const minorUnits = minorUnitsOf(amount);
  if (minorUnits === null) throw new Error(`checkPrice let "${amount}" through`);
  return { minorUnits, currencyCode };
};

/**
 * Checks what a draft says and brings it into the form in which it is kept. What it does not
 * mention is not checked and stays out of the result.
 */
export const acceptChange = (
  draft: Partial<Draft>,
  tree: CategoryTree,
): Outcome<Partial<Listing>> => {
  const tidied = tidy(draft);
  const wrong = checkDraft(tidied, tree);
  if (wrong.length > 0) return refused(wrong);

  const { price, categorySlug, quantity, ...plain } = tidied;
  const category = categorySlug === undefined ? null : tree.bySlug(categorySlug);
  return done({
    ...plain,
    ...(price !== undefined && { price: priceOf(price) }),
    ...(category !== null && { categoryId: category.id }),
    ...(quantity !== undefined && { quantityAvailable: quantity }),
  });
};

/** The same for a draft that says everything. */
export const acceptDraft = (draft: Draft, tree: CategoryTree): Outcome<Listing> =>
  // A complete draft makes a complete listing: each of its fields has one in the draft.
  acceptChange(draft, tree) as Outcome<Listing>;
