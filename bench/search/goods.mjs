import { built } from './built.mjs';

const { LEAVES, categoryId } = await built('prisma/seed/goods/departments.js');
const { describeThing } = await built('prisma/seed/descriptions.js');
const { CONDITIONS, WEAR } = await built('prisma/seed/conditions.js');
const { randomFor } = await built('prisma/seed/random.js');
const { fill, fillable } = await built('prisma/seed/templates.js');

/** Words of a market that the seed has not: names, models, places. */
const RARE_WORDS = 200_000;
const RARE_BRANDS = 5_000;
const SELLERS = 20_000;
const YEARS = 3;

const ONSETS = ['b', 'br', 'd', 'f', 'g', 'k', 'kl', 'l', 'm', 'n', 'p', 'r', 's', 'st', 't', 'v'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ei', 'ou', 'ia'];
const ENDS = ['', 'n', 'r', 's', 'l', 'ck', 'nt', 'm'];

/** A word that can be spoken and is the same every time; different numbers give different words. */
export const wordOf = (/** @type {number} */ number) => {
  let rest = number + 1;
  let word = '';
  while (rest > 0 || word.length < 4) {
    word += ONSETS[rest % 16] ?? '';
    rest = Math.floor(rest / 16);
    word += VOWELS[rest % 8] ?? '';
    rest = Math.floor(rest / 8);
  }
  return word + (ENDS[number % 8] ?? '');
};

/** A rank below `count`, the first ones far likelier than the last (Zipf's law, exponent 1). */
const zipf = (/** @type {any} */ random, /** @type {number} */ count) =>
  Math.floor(count ** random.float()) - 1;

const capitalized = (/** @type {string} */ text) => text.slice(0, 1).toUpperCase() + text.slice(1);

const factsOf = (/** @type {any} */ random, /** @type {any} */ leaf) => {
  const [brand, name, , own = {}] = random.pick(leaf.models);
  /** @type {Record<string, string>} */
  const facts = {};
  for (const [key, values] of Object.entries(leaf.choices)) facts[key] = random.pick(values);
  const known = Object.entries({ ...facts, ...own }).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(known), brand: brand ?? '', model: name, year: '2019' };
};

const shares = LEAVES.reduce(
  (/** @type {number} */ sum, /** @type {any} */ { share }) => sum + share,
  0,
);

const leafOf = (/** @type {any} */ random) => {
  let left = random.float() * shares;
  for (const leaf of LEAVES) {
    left -= leaf.share;
    if (left < 0) return leaf;
  }
  return LEAVES[0];
};

/**
 * Goods as people sell them, the oldest first: the seed's own words in the same shares, so that some of
 * them stand in every tenth item, and a long tail of words that hardly any item has.
 *
 * @param {number} count
 */
export function* makeGoods(count) {
  const random = randomFor('listings');
  const now = Date.UTC(2026, 10, 1);
  const step = (YEARS * 365 * 86_400_000) / count;
  for (let number = 0; number < count; number += 1) {
    const leaf = leafOf(random);
    const facts = factsOf(random, leaf);
    const condition = random.weighted(CONDITIONS, (/** @type {'NEW'} */ each) => WEAR[each].share);
    const rare = () => wordOf(zipf(random, RARE_WORDS));
    const title = capitalized(fill(random.pick(fillable(leaf.titles, facts)), facts));
    const isOdd = random.chance(0.3);
    const brand = isOdd ? capitalized(wordOf(zipf(random, RARE_BRANDS))) : facts.brand || null;
    const availability = random.chance(0.9) ? 'AVAILABLE' : 'SOLD';
    yield {
      id: `product_${String(number).padStart(8, '0')}`,
      title: `${title} ${isOdd ? rare() : ''}`.trim().slice(0, 140),
      description: `${describeThing(random, { leaf, condition, facts })} ${rare()} ${rare()} ${rare()}`,
      condition,
      brand,
      price_amount: Math.max(100, Math.round(random.float() ** 3 * 5_000) * 100),
      price_currency: random.chance(0.8) ? 'EUR' : 'GBP',
      category_id: categoryId(leaf.slug),
      seller_id: `user_${zipf(random, SELLERS)}`,
      availability,
      quantity_available: availability === 'AVAILABLE' ? 1 : 0,
      listed_at: new Date(now - (count - number) * step).toISOString(),
    };
  }
}

export const GOODS_COLUMNS = {
  id: 'text',
  title: 'text',
  description: 'text',
  condition: 'condition',
  brand: 'text',
  price_amount: 'bigint',
  price_currency: 'currency_code',
  category_id: 'text',
  seller_id: 'text',
  availability: 'availability',
  quantity_available: 'integer',
  listed_at: 'timestamptz',
};
