import { afterEach, expect, test, vi } from 'vitest';
import { readRouterSettings } from '../../../router/settings.ts';
import { startRouted } from '../../kit/routed.ts';

afterEach(() => void vi.restoreAllMocks());

/** `old` gives a price that `new` takes over by degrees. */
const subgraphs = (label: string) => {
  const price = (from: string) => ({
    __resolveReference: ({ id }: object & { id: string }) => ({ id, price: from }),
  });
  return {
    old: {
      sdl: 'type Query { book: Book } type Book @key(fields: "id") { id: ID! price: String }',
      resolvers: { Query: { book: () => ({ id: '1', price: 'old' }) }, Book: price('old') },
    },
    new: {
      sdl: `type Query { n: Int }
        type Book @key(fields: "id") { id: ID! price: String @override(from: "old", label: "${label}") }`,
      resolvers: { Book: price('new') },
    },
  };
};

const PRICE = '{ book { price } }';

test.each([
  ['percent(0)', 0, 'old'],
  ['percent(50)', 0.4999, 'new'],
  ['percent(50)', 0.5, 'old'],
  ['percent(12.5)', 0.1249, 'new'],
  ['percent(100)', 0.9999, 'new'],
])('%s where chance says %f takes the %s subgraph', async (label, random, from) => {
  await using routed = await startRouted(subgraphs(label));
  vi.spyOn(Math, 'random').mockReturnValue(random);
  expect((await routed.router.query(PRICE)).data).toEqual({ book: { price: from } });
});

test('an operation that was planned one way is planned anew for the other', async () => {
  await using routed = await startRouted(subgraphs('percent(50)'));
  const random = vi.spyOn(Math, 'random');
  const seen: unknown[] = [];
  for (const value of [0.1, 0.9, 0.1]) {
    random.mockReturnValue(value);
    seen.push((await routed.router.query(PRICE)).data.book.price);
  }
  expect(seen).toEqual(['new', 'old', 'new']);
});

test('a label of one’s own is decided for each viewer by the program that starts the router', async () => {
  const decideLabel = (label: string, { viewer }: { viewer: { kind: string } }) =>
    label === 'beta' && viewer.kind === 'user';
  await using routed = await startRouted(subgraphs('beta'), {}, { decideLabel });
  const priceFor = async (options: object) =>
    (await routed.router.query(PRICE, options)).data.book.price;
  expect(await priceFor({})).toBe('old');
  expect(await priceFor({ user: 'user_1' })).toBe('new');
});

test('or it is on by the setting, and off without', async () => {
  await using off = await startRouted(subgraphs('beta'));
  expect((await off.router.query(PRICE)).data.book.price).toBe('old');
  const { overrideLabels } = readRouterSettings({ OVERRIDE_LABELS: 'alpha, beta' });
  await using on = await startRouted(subgraphs('beta'), { overrideLabels });
  expect((await on.router.query(PRICE)).data.book.price).toBe('new');
});
