import { expect, test } from 'vitest';
import type { SmallSubgraph } from '../../kit/federation.ts';
import { createGate } from '../../kit/gate.ts';
import { startRouted } from '../../kit/routed.ts';

type Reference = { readonly id: string };

const pricing = (name: string, directives = ''): SmallSubgraph => ({
  sdl: `type Query { ${name}: Int } type Book @key(fields: "id") { id: ID! price: String ${directives} }`,
  resolvers: { Book: { __resolveReference: ({ id }: Reference) => ({ id, price: name }) } },
});

test('what was planned before a swap is fetched as it was planned, what comes after it anew', async () => {
  const asked = createGate();
  const mayAnswer = createGate();
  const book = async () => {
    asked.open();
    await mayAnswer.passed;
    return { id: '1' };
  };
  await using routed = await startRouted({
    books: {
      sdl: 'type Query { book: Book } type Book @key(fields: "id") { id: ID! title: String }',
      resolvers: {
        Query: { book },
        Book: { __resolveReference: ({ id }: Reference) => ({ id, title: 'Emma' }) },
      },
    },
    old: pricing('old'),
    new: { sdl: 'type Query { new: Int } type Book @key(fields: "id") { id: ID! }' },
  });
  const { router, federation } = routed;
  const begun = router.query('{ book { price } }');
  const deferred = router.defer('{ book { id ... @defer { price } } }');
  await asked.passed;
  await federation.write(federation.compose({ new: pricing('new', '@override(from: "old")') }));
  expect(await router.reload()).toBe('swapped');

  const after = router.query('{ book { price } }');
  mayAnswer.open();
  expect((await begun).data).toEqual({ book: { price: 'old' } });
  expect((await after).data).toEqual({ book: { price: 'new' } });
  await using parts = await deferred;
  const [, last] = await parts.rest();
  expect(last.incremental).toEqual([{ data: { price: 'old' }, path: ['book'] }]);
});
