import { CONDITIONS, type Condition, WEAR } from './conditions.ts';
import { describeThing } from './descriptions.ts';
import { categoryId, LEAVES } from './goods/departments.ts';
import type { Goods, Model } from './goods/goods.ts';
import type { Person } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { type Facts, fill, fillable } from './templates.ts';

/** Something put up for sale, before anyone bought it. */
export interface Listing {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly condition: Condition;
  readonly brand: string | null;
  /** Minor units. */
  readonly price: number;
  readonly currency: 'EUR' | 'GBP';
  readonly categoryId: string;
  /** Slug of the leaf. */
  readonly leaf: string;
  readonly sellerId: string;
  /** How many pieces there were at first. */
  readonly pieces: number;
  readonly attributes: readonly Attribute[];
  readonly listedAt: Date;
  readonly icon: string;
}

/** A listing as it stands today. */
export interface Product extends Listing {
  readonly availability: 'AVAILABLE' | 'RESERVED' | 'SOLD' | 'WITHDRAWN';
  readonly quantityAvailable: number;
  readonly updatedAt: Date;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
}

const COUNT = 1_500;
const DAY_MS = 86_400_000;
const POUNDS_PER_EURO = 0.85;

/** The market's listings, the oldest first, so that ids grow with time. */
export const createListings = (people: readonly Person[], now: Date): readonly Listing[] => {
  const random = randomFor('listings');
  const titles = new Set<string>();
  const dates = Array.from({ length: COUNT }, () => listingDate(random, now));
  dates.sort((one, other) => one.getTime() - other.getTime());
  const leaves = random.shuffled(dealt());
  return dates.map((listedAt, index) => {
    const leaf = leaves[index % leaves.length];
    if (leaf === undefined) throw new Error('There are no leaves.');
    return createListing(random, {
      id: `product_${index + 1}`,
      leaf,
      people,
      titles,
      listedAt,
      now,
    });
  });
};

/** Each leaf as often as its share says, and `COUNT` in all. */
const dealt = (): readonly Goods[] => {
  const shares = LEAVES.reduce((sum, { share }) => sum + share, 0);
  let given = 0;
  let due = 0;
  return LEAVES.flatMap((leaf) => {
    due += (COUNT * leaf.share) / shares;
    const count = Math.round(due) - given;
    given += count;
    return Array.from({ length: count }, () => leaf);
  });
};

/** Most are some weeks old, a fifth are older than what the events cover. */
const listingDate = (random: Random, now: Date): Date => {
  const days = random.chance(0.2) ? 90 + 280 * random.float() ** 2 : 0.1 + 95 * random.float();
  return new Date(now.getTime() - days * DAY_MS);
};

interface Setting {
  readonly id: string;
  readonly leaf: Goods;
  readonly people: readonly Person[];
  readonly titles: Set<string>;
  readonly listedAt: Date;
  readonly now: Date;
}

const createListing = (random: Random, setting: Setting): Listing => {
  const { id, leaf, people, titles, listedAt } = setting;
  const condition = conditionOf(random, leaf);
  const { model, facts, title } = untitled(random, { leaf, titles, isNew: condition === 'NEW' });
  const years = random.int(...WEAR[condition].years);
  const seller = sellerOf(random, leaf, people);
  const [brand, , newPrice, , icon] = model;
  const euros =
    newPrice *
    WEAR[condition].left *
    0.5 ** (years / leaf.halfLife / 2) *
    (0.9 + 0.2 * random.float());
  const currency = seller.country.currency;
  const year = String(listedAt.getUTCFullYear() - Math.max(1, years));
  return {
    id,
    title,
    description: describeThing(random, { leaf, condition, facts: { ...facts, year } }),
    condition,
    brand,
    price: roundPrice(currency === 'GBP' ? euros * POUNDS_PER_EURO : euros),
    currency,
    categoryId: categoryId(leaf.slug),
    leaf: leaf.slug,
    sellerId: seller.id,
    pieces: random.chance((leaf.several ?? 2) / 100) ? random.int(4, 30) : 1,
    attributes: attributesOf(facts),
    listedAt,
    icon: icon ?? random.pick(leaf.icons),
  };
};

const conditionOf = (random: Random, { neverNew }: Goods): Condition =>
  random.weighted(CONDITIONS, (each) => (each === 'NEW' && neverNew ? 0 : WEAR[each].share));

/** In the facts of what cannot be new. */
const TELLS_OF_USE =
  /vintage|19\d0s|used|loved|played|seasons|serviced|sharpened|restored|recapped|rewired|repaired|find|washed|descaled|,000|tested|new (?:strings|belt|stylus|seals)|set up/i;

/** A thing with a title that no other has, as far as a few tries find one. */
const untitled = (
  random: Random,
  { leaf, titles, isNew }: { leaf: Goods; titles: Set<string>; isNew: boolean },
): { model: Model; facts: Facts; title: string } => {
  for (let tries = 1; ; tries += 1) {
    const model = random.pick(leaf.models);
    const facts = factsOf(random, leaf, model);
    const title = titleOf(random, leaf, facts);
    const isFit = !titles.has(title) && !(isNew && TELLS_OF_USE.test(JSON.stringify(facts)));
    if (!isFit && tries < 30) continue;
    titles.add(title);
    return { model, facts, title };
  }
};

const factsOf = (random: Random, { choices }: Goods, [brand, name, , own = {}]: Model): Facts => {
  const facts: Record<string, string> = {};
  for (const [key, values] of Object.entries(choices)) facts[key] = random.pick(values);
  for (const [key, value] of Object.entries(own)) {
    if (value === '') delete facts[key];
    else facts[key] = value;
  }
  return { ...facts, brand: brand ?? '', model: name };
};

const titleOf = (random: Random, { titles }: Goods, facts: Facts): string =>
  capitalized(fill(random.pick(fillable(titles, facts)), facts));

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What is not an attribute of the thing itself. */
const ONLY_IN_TEXT = new Set(['brand', 'model', 'With']);

const attributesOf = (facts: Facts): readonly Attribute[] =>
  Object.entries(facts)
    .filter(([name]) => !ONLY_IN_TEXT.has(name))
    .map(([name, value]) => ({ name, value }));

const sellerOf = (random: Random, { slug }: Goods, people: readonly Person[]): Person => {
  const knowing = people.filter(({ shop }) => shop?.leaves.includes(slug));
  return random.weighted(knowing, ({ shop }) => shop?.activity ?? 0);
};

/** As people price things: the dearer, the rounder. */
const roundPrice = (units: number): number => {
  if (units < 20) return Math.max(200, Math.round(units * 2) * 50);
  if (units < 100) return Math.round(units) * 100;
  return Math.round(units / (units < 500 ? 5 : 10)) * (units < 500 ? 500 : 1_000);
};
