import { real, whole } from './arrays.ts';
import { trainCosine } from './cosine.ts';
import { trainEase } from './ease.ts';
import { faded, type Interactions, peopleByItem, restricted } from './interactions.ts';
import { type Model, neighbourModel } from './model.ts';
import { best, type Neighbour, type Neighbours } from './neighbours.ts';
import { relative } from './popularity.ts';

export interface BlendSettings {
  /** How many neighbours of an item are kept. */
  readonly neighbours: number;
  /** Pairs that fewer people share are left out. */
  readonly minPeople: number;
  /** After such a share of all interest an interest counts half: see `faded`. */
  readonly halfLife: number;
  /** Of the cosine: see there. */
  readonly shrinkage: number;
  /** Of EASE: see there. */
  readonly lambda: number;
  /** EASE knows the items that the most people were interested in: its time grows with their cube. */
  readonly easeItems: number;
  /** Of an item that fewer people were interested in EASE says nothing that the cosine does not. */
  readonly easePeople: number;
  /** What a cosine counts beside a weight of EASE. */
  readonly cosineShare: number;
}

/**
 * What goes with what: the weights of EASE, and a little of the cosine, which also knows of items that
 * too few people were interested in for EASE.
 *
 * @param onProgress told the share of the work that is done, 0 to 1
 */
export const trainBlend = (
  interactions: Interactions,
  settings: BlendSettings,
  onProgress: (share: number) => void = () => {},
): Neighbours => {
  const current = faded(interactions, settings.halfLife);
  return blended(
    easeOfStrongest(current, settings, onProgress),
    trainCosine(current, settings),
    settings,
  );
};

/** EASE among the items that it is for, by the numbers of all items. */
export const easeOfStrongest = (
  interactions: Interactions,
  settings: BlendSettings,
  onProgress: (share: number) => void = () => {},
): Neighbours => {
  const chosen = strongest(interactions, settings);
  const near = trainEase(restricted(interactions, chosen), { ...settings, onProgress });
  const lists: (readonly Neighbour[])[] = Array.from({ length: interactions.items }, () => []);
  for (const [number, list] of near.entries()) {
    lists[whole(chosen, number)] = list.map(({ item, score }) => ({
      item: whole(chosen, item),
      score,
    }));
  }
  return lists;
};

/** In the order of their numbers. */
const strongest = (
  interactions: Interactions,
  { easeItems, easePeople }: BlendSettings,
): Uint32Array => {
  const people = peopleByItem(interactions);
  const many = [...people.keys()].filter((item) => whole(people, item) >= easePeople);
  many.sort((one, other) => whole(people, other) - whole(people, one) || one - other);
  return Uint32Array.from(many.slice(0, easeItems)).sort();
};

/** Both lists of every item in one. */
export const blended = (
  ease: Neighbours,
  cosine: Neighbours,
  { cosineShare, neighbours }: Pick<BlendSettings, 'cosineShare' | 'neighbours'>,
): Neighbours =>
  cosine.map((near, item) => {
    const scores = new Map(ease[item]?.map((each) => [each.item, each.score]));
    for (const { item: other, score } of near) {
      scores.set(other, (scores.get(other) ?? 0) + cosineShare * score);
    }
    return best(
      [...scores].flatMap(([other, score]) => (score > 0 ? { item: other, score } : [])),
      neighbours,
    );
  });

/** How an item's popularity among all counts: (p + FLOOR) ^ exponent, with the most popular at p = 1. */
export const POPULARITY_FLOOR = 0.02;

/** Below every score of a neighbour that is worth anything. */
const POPULAR_SHARE = 1e-9;

/**
 * What goes with what they did, the more popular before the less; then what is popular. The same as the
 * store asks of the database.
 */
export const blendModel = (
  name: string,
  neighbours: Neighbours,
  history: Interactions,
  popularity: Float64Array,
  exponent: number,
): Model => {
  const near = neighbourModel(name, neighbours, history);
  const shares = relative(popularity);
  const factors = shares.map((share) => (share + POPULARITY_FLOOR) ** exponent);
  return {
    name,
    scores: (person) =>
      near
        .scores(person)
        .map((score, item) => score * real(factors, item) + POPULAR_SHARE * real(shares, item)),
  };
};
