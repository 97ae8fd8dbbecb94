import { expect, test } from 'vitest';
import { addEvents, learn, startRecommendations, together, viewerNamed } from './arrange.ts';

const RELATED = `query Related($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Product { id few: related(first: 2) { product { id } } many: related(first: 5) { product { id } } }
  }
}`;

const COUNT = 40;

const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));

const startWithMany = async () => {
  const subgraph = await startRecommendations();
  await addEvents(subgraph.pool, together(['a', 'b', 'c'], 'VIEWED', numbered(COUNT)));
  await learn(subgraph.pool);
  return subgraph;
};

const variables = (ids: readonly string[]) => ({
  representations: ids.map((id) => ({ __typename: 'Product', id: `product_${id}` })),
});

test('related items of forty cost as many statements as those of one', async () => {
  await using subgraph = await startWithMany();
  const cost = (count: number) =>
    subgraph.countStatements(async () => {
      const { data, errors } = await subgraph.query({
        document: RELATED,
        variables: variables(numbered(count)),
      });
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(count);
      for (const { few, many } of data._entities) {
        expect(few).toHaveLength(2);
        expect(many).toHaveLength(5);
        expect(many.slice(0, 2)).toEqual(few);
      }
    });
  expect(await cost(1)).toBe(1);
  expect(await cost(COUNT)).toBe(1);
});

test('items come in the order asked, twice where asked twice, and with nothing where unknown', async () => {
  await using subgraph = await startWithMany();
  const { data } = await subgraph.query({
    document: RELATED,
    variables: variables(['3', 'unknown', '1', '3']),
  });
  const [third, unknown, first, again] = data._entities;
  expect([third.id, unknown.id, first.id]).toEqual(['product_3', 'product_unknown', 'product_1']);
  expect(unknown).toMatchObject({ few: [], many: [] });
  expect(again).toEqual(third);
});

test.each([
  ['trending', 1],
  // What goes with what they did, then what is popular.
  ['recommendations', 2],
])('%s: fifty items cost as many statements as one could', async (field, most) => {
  await using subgraph = await startWithMany();
  await addEvents(subgraph.pool, [['anna', 'VIEWED', '1', 1]]);
  const cost = (first: number) =>
    subgraph.countStatements(() =>
      subgraph.query({
        document: `query($first: Int!) { ${field}(first: $first) { product { id } reason { because { id } } } }`,
        variables: { first },
        viewer: viewerNamed('anna'),
      }),
    );
  expect(await cost(1)).toBe(1);
  expect(await cost(50)).toBe(most);
});
