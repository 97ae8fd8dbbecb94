import type { Product } from './listings.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';

export interface Cart {
  readonly id: string;
  /** Who holds it: an account, or whoever knows the token. */
  readonly holder: { readonly userId: string } | { readonly token: string };
  readonly lines: readonly Line[];
  readonly updatedAt: Date;
}

interface Line {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  /** Minor units of the product's currency. */
  readonly priceSeen: number;
  readonly currency: 'EUR' | 'GBP';
  readonly addedAt: Date;
}

/** Opens the guest cart of the documentation: an example, and no secret. */
export const README_CART_TOKEN = 'readme-guest-cart';

/** In cents: what nobody would take for a broken one. */
const GOOD_CAMERA = 8_000;

const OTHER_CARTS = 12;
const HOUR_MS = 3_600_000;

/** The documentation's guest cart, Ada's, and a handful of others. */
export const createCarts = (
  people: readonly Person[],
  products: readonly Product[],
  now: Date,
): readonly Cart[] => {
  const random = randomFor('carts');
  const [ada, ...others] = people;
  if (ada === undefined) return [];
  const offers = products.filter(({ availability }) => availability === 'AVAILABLE');
  const holders = random.shuffled(others).slice(0, OTHER_CARTS);

  const carts = [
    readmeCart(offers, now),
    cart(
      random,
      'cart_1',
      ada,
      offersIn(offers, ['film-cameras', 'lenses', 'vinyl', 'lamps']),
      now,
    ),
    ...holders.map((holder, index) => cart(random, `cart_${index + 2}`, holder, offers, now)),
  ];
  let number = 0;
  const numbered = (line: Unnumbered): Line => {
    number += 1;
    return { ...line, id: `line_${number}` };
  };
  return carts.map((each) => ({ ...each, lines: each.lines.map(numbered) }));
};

type Unnumbered = Omit<Line, 'id'>;
type CartWithout = Omit<Cart, 'lines'> & { readonly lines: readonly Unnumbered[] };

const offersIn = (offers: readonly Product[], leaves: readonly string[]): readonly Product[] =>
  leaves.map((leaf) => newest(offers, leaf));

const newest = (offers: readonly Product[], leaf: string): Product => {
  const found = offers.findLast((offer) => offer.leaf === leaf && offer.currency === 'EUR');
  if (found === undefined) throw new Error(`Nothing is for sale in ${leaf}.`);
  return found;
};

/**
 * A film camera, a lens that fits it, and a record twice; the camera was dearer when it was put in,
 * so that the cart has a warning to show.
 */
const readmeCart = (offers: readonly Product[], now: Date): CartWithout => {
  const inEuros = offers.filter(({ currency }) => currency === 'EUR');
  const lenses = inEuros.filter(({ leaf }) => leaf === 'lenses');
  const lensFor = (camera: Product) => lenses.findLast((lens) => mountOf(lens) === mountOf(camera));
  const cameras = inEuros.filter(
    ({ leaf, price, attributes }) =>
      leaf === 'film-cameras' && price >= GOOD_CAMERA && mountOf({ attributes }) !== undefined,
  );
  const camera = cameras.findLast((each) => lensFor(each) !== undefined);
  const lens = camera && lensFor(camera);
  const record = inEuros.findLast((each) => each.leaf === 'vinyl' && each.quantityAvailable > 1);
  const chosen = [camera, lens, record].filter((product) => product !== undefined);
  const addedAt = new Date(now.getTime() - 30 * HOUR_MS);
  const lines = chosen.map((product, index) => ({
    ...lineOf(product, addedAt),
    quantity: product === record ? 2 : 1,
    priceSeen: index === 0 ? product.price + 1_500 : product.price,
  }));
  return { id: 'cart_readme', holder: { token: README_CART_TOKEN }, lines, updatedAt: addedAt };
};

const mountOf = ({ attributes }: Pick<Product, 'attributes'>): string | undefined =>
  attributes.find(({ name }) => name === 'Mount')?.value;

const cart = (
  random: Random,
  id: string,
  holder: Person,
  offers: readonly Product[],
  now: Date,
): CartWithout => {
  const theirs = offers.filter(({ sellerId }) => sellerId !== holder.id);
  const chosen = offers.length < 10 ? theirs : random.shuffled(theirs).slice(0, random.int(1, 5));
  const updatedAt = new Date(now.getTime() - random.int(1, 400) * HOUR_MS);
  const lines = chosen.map((product) => lineOf(product, updatedAt));
  return { id, holder: { userId: holder.id }, lines, updatedAt };
};

const lineOf = ({ id, price, currency }: Product, addedAt: Date): Unnumbered => ({
  productId: id,
  quantity: 1,
  priceSeen: price,
  currency,
  addedAt,
});
