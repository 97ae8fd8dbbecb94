import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { addEvents, learn, startRecommendations, together, viewerNamed } from './arrange.ts';

const SUGGESTION = `product { id } reason { code text because { id } }`;

/** `code product because`, best first. */
const lines = (suggestions: readonly Record<string, never>[]): readonly string[] =>
  suggestions.map(({ product, reason }: Record<string, Record<string, never>>) =>
    [reason?.['code'], product?.['id'], reason?.['because']?.['id']]
      .filter((part) => part !== undefined)
      .join(' ')
      .replaceAll('product_', ''),
  );

const related = async (subgraph: TestSubgraph, product: string) => {
  const document = `query($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Product { related(first: 50) { ${SUGGESTION} } } }
  }`;
  const variables = { representations: [{ __typename: 'Product', id: `product_${product}` }] };
  const { data, errors } = await subgraph.query({ document, variables });
  expect(errors).toBeUndefined();
  return lines(data._entities[0].related);
};

const ask = async (subgraph: TestSubgraph, field: string, first: number, viewer?: Viewer) => {
  const { data, errors } = await subgraph.query({
    document: `query($first: Int!) { ${field}(first: $first) { ${SUGGESTION} } }`,
    variables: { first },
    ...(viewer !== undefined && { viewer }),
  });
  expect(errors).toBeUndefined();
  return lines(data[field]);
};

const PEOPLE = ['p1', 'p2', 'p3', 'p4'];

test('what people bought together is said to be bought, what they viewed to be viewed', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'BOUGHT', ['desk', 'lamp']),
    ...together(PEOPLE.slice(0, 2), 'VIEWED', ['desk', 'chair']),
  ]);
  await learn(subgraph.pool);
  expect(await related(subgraph, 'desk')).toEqual([
    'BOUGHT_TOGETHER lamp desk',
    'VIEWED_TOGETHER chair desk',
  ]);
  expect(await related(subgraph, 'chair')).toEqual(['VIEWED_TOGETHER desk chair']);
});

test('a pair that is near in both ways is listed once, under the nearer', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'BOUGHT', ['desk', 'lamp']),
    ...together(PEOPLE.slice(0, 2), 'VIEWED', ['desk', 'lamp']),
  ]);
  await learn(subgraph.pool);
  expect(await related(subgraph, 'desk')).toEqual(['BOUGHT_TOGETHER lamp desk']);
});

test('what a single person did is shown to nobody', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(['alone'], 'BOUGHT', ['desk', 'lamp']),
    ...together(['alone'], 'VIEWED', ['desk', 'lamp']),
  ]);
  await learn(subgraph.pool);
  expect(await related(subgraph, 'desk')).toEqual([]);
  expect(await ask(subgraph, 'trending', 10)).toEqual([]);
});

test('the more people share a pair, the nearer it is', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(['a', 'b'], 'VIEWED', ['desk', 'chair']),
    ...together(['c', 'd', 'e', 'f', 'g', 'j'], 'VIEWED', ['desk', 'lamp']),
    // A cart says more than a view: without it, chair and shelf would be as near.
    ...together(['h', 'i'], 'ADDED_TO_CART', ['desk', 'shelf']),
  ]);
  await learn(subgraph.pool);
  expect(await related(subgraph, 'desk')).toEqual([
    'VIEWED_TOGETHER lamp desk',
    'VIEWED_TOGETHER shelf desk',
    'VIEWED_TOGETHER chair desk',
  ]);
});

test('the viewer gets what goes with what they did, and is told what led to it', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'BOUGHT', ['desk', 'lamp']),
    ...together(PEOPLE, 'VIEWED', ['violin', 'bow']),
    ['anna', 'BOUGHT', 'desk'],
    ['anna', 'VIEWED', 'violin'],
  ]);
  await learn(subgraph.pool);
  expect(await ask(subgraph, 'recommendations', 2, viewerNamed('anna'))).toEqual([
    'BECAUSE_YOU_BOUGHT lamp desk',
    'BECAUSE_YOU_VIEWED bow violin',
  ]);
});

test('nothing that the viewer bought comes again, neither as a neighbour nor as popular', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'VIEWED', ['desk', 'lamp', 'chair']),
    ['anna', 'BOUGHT', 'lamp'],
    ['anna', 'VIEWED', 'desk'],
  ]);
  await learn(subgraph.pool);
  // Nearness counts views and carts here, so lamp has neighbours, and is one.
  const shown = await ask(subgraph, 'recommendations', 50, viewerNamed('anna'));
  expect(shown.map((line) => line.split(' ')[1]).sort()).toEqual(['chair', 'desk']);
});

test('what is missing is made up from what is popular, each once', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'VIEWED', ['violin', 'bow']),
    ...together(['q1', 'q2', 'q3'], 'BOUGHT', ['tent']),
    ['anna', 'VIEWED', 'violin', 1],
  ]);
  await learn(subgraph.pool);
  expect(await ask(subgraph, 'recommendations', 10, viewerNamed('anna'))).toEqual([
    'BECAUSE_YOU_VIEWED bow violin',
    'TRENDING tent',
    'TRENDING violin',
  ]);
});

test('a guest, and who has done nothing yet, get what is popular', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, together(PEOPLE, 'VIEWED', ['desk']));
  await learn(subgraph.pool);
  expect(await ask(subgraph, 'recommendations', 5)).toEqual(['TRENDING desk']);
  expect(await ask(subgraph, 'recommendations', 5, viewerNamed('new'))).toEqual(['TRENDING desk']);
});

test('what is popular now comes before what was; one person cannot make anything popular', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ['a', 'VIEWED', 'new', 1],
    ['b', 'VIEWED', 'new', 2],
    ['a', 'VIEWED', 'old', 40],
    ['b', 'VIEWED', 'old', 40],
    ['c', 'VIEWED', 'old', 41],
    ['d', 'VIEWED', 'old', 41],
    ...together(
      Array.from({ length: 30 }, () => 'fan'),
      'VIEWED',
      ['new-fad'],
    ),
    ['e', 'VIEWED', 'new-fad', 30],
  ]);
  await learn(subgraph.pool);
  // The fan's thirty views are one; with the other's old one they fall short of two new ones.
  expect(await ask(subgraph, 'trending', 10)).toEqual([
    'TRENDING new',
    'TRENDING new-fad',
    'TRENDING old',
  ]);
});

test('events of long ago still tell what is popular among them', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ['a', 'VIEWED', 'desk', 900],
    ['b', 'VIEWED', 'desk', 900],
  ]);
  await learn(subgraph.pool);
  expect(await ask(subgraph, 'trending', 10)).toEqual(['TRENDING desk']);
});

test.each([0, 51, -1])('first: %i is refused everywhere', async (first) => {
  await using subgraph = await startRecommendations();
  for (const document of [
    `{ recommendations(first: ${first}) { reason { code } } }`,
    `{ trending(first: ${first}) { reason { code } } }`,
    `{ _entities(representations: [{ __typename: "Product", id: "product_a" }]) {
      ... on Product { related(first: ${first}) { reason { code } } } } }`,
  ]) {
    const { errors } = await subgraph.query({ document });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  }
});

test('before anything was learnt, lists are empty and the service is ready', async () => {
  await using subgraph = await startRecommendations();
  expect((await fetch(`${subgraph.url}/ready`)).status).toBe(200);
  expect(await ask(subgraph, 'trending', 10)).toEqual([]);
  expect(await ask(subgraph, 'recommendations', 10, viewerNamed('anna'))).toEqual([]);
  expect(await related(subgraph, 'desk')).toEqual([]);
});
