import { expect, test } from 'vitest';
import { createMarket } from '../../prisma/seed/market.ts';

/** Item-item cosine over who met what, as plainly as it can be written. */
const neighbourScores = (met: ReadonlyMap<string, ReadonlySet<string>>) => {
  const fans = new Map<string, Set<string>>();
  for (const [actor, items] of met) {
    for (const item of items) fans.set(item, (fans.get(item) ?? new Set()).add(actor));
  }
  return (history: ReadonlySet<string>): Map<string, number> => {
    const scores = new Map<string, number>();
    for (const own of history) {
      const ours = fans.get(own) ?? new Set();
      for (const actor of ours) {
        for (const item of met.get(actor) ?? []) {
          const norm = Math.sqrt(ours.size * (fans.get(item)?.size ?? 1));
          if (item !== own) scores.set(item, (scores.get(item) ?? 0) + 1 / norm);
        }
      }
    }
    return scores;
  };
};

const top = (
  scores: ReadonlyMap<string, number>,
  without: ReadonlySet<string>,
): readonly string[] =>
  [...scores]
    .filter(([item]) => !without.has(item))
    .sort(([, one], [, other]) => other - one)
    .slice(0, 20)
    .map(([item]) => item);

test('what people meet later is found by neighbours far better than by popularity or chance', () => {
  const { events } = createMarket(new Date('2026-11-23T12:00:00.000Z'));
  const cut = events[Math.floor(events.length * 0.8)]?.at ?? 0;
  const met = new Map<string, Set<string>>();
  const later = new Map<string, Set<string>>();
  for (const { actorId, productId, at } of events) {
    const into = at < cut ? met : later;
    into.set(actorId, (into.get(actorId) ?? new Set()).add(productId));
  }

  const popularity = new Map<string, number>();
  for (const items of met.values()) {
    for (const item of items) popularity.set(item, (popularity.get(item) ?? 0) + 1);
  }
  const scoresFor = neighbourScores(met);
  const found = { neighbours: 0, popular: 0, wanted: 0 };
  for (const [actor, items] of later) {
    const history = met.get(actor);
    if (history === undefined || !actor.startsWith('user_')) continue;
    // Things that were listed since nobody could have foreseen.
    const fresh = new Set([...items].filter((item) => popularity.has(item) && !history.has(item)));
    found.wanted += fresh.size;
    found.neighbours += top(scoresFor(history), history).filter((item) => fresh.has(item)).length;
    found.popular += top(popularity, history).filter((item) => fresh.has(item)).length;
  }

  const chance = 20 / popularity.size;
  expect(found.wanted).toBeGreaterThan(500);
  expect(found.neighbours / found.wanted).toBeGreaterThan(5 * chance);
  expect(found.neighbours).toBeGreaterThan(1.5 * found.popular);
});
