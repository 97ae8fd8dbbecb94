import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';
import { createTopic } from '../../kit/topic.ts';

const RELOADS = 20;

test('through 20 reloads every request is answered, and every subscription goes on', async () => {
  const ticks = createTopic<number>();
  const tick = { subscribe: ticks.subscribe, resolve: (count: number) => ({ id: '1', count }) };
  await using routed = await startRouted(
    {
      clocks: {
        sdl: `type Query { clock: Clock } type Subscription { tick: Clock }
          type Clock @key(fields: "id") { id: ID! count: Int }`,
        resolvers: { Query: { clock: () => ({ id: '1', count: 0 }) }, Subscription: { tick } },
      },
      names: {
        sdl: 'type Query { n: Int } type Clock @key(fields: "id") { id: ID! name: String }',
        resolvers: { Clock: { __resolveReference: () => ({ id: '1', name: 'Ben' }) } },
      },
    },
    { watchSupergraph: false },
  );
  const { router, federation } = routed;
  await using events = await router.subscribe('subscription { tick { count name } }');
  const source = await ticks.next();

  let reloading = true;
  const answers = new Set<string>();
  const ask = async (name: string) => {
    // Now and then an operation that nobody asked before.
    for (let n = 0; reloading; n += 1) {
      const alias = n % 50 === 0 ? `${name}${n}` : name;
      const { data, errors } = await router.query(`{ ${alias}: clock { name count } }`);
      answers.add(JSON.stringify([data?.[alias], errors]));
    }
  };
  const load = ['a', 'b', 'c', 'd'].map(ask);
  for (let n = 1; n <= RELOADS; n += 1) {
    await federation.write(`${federation.sdl()}\n# ${n}`);
    expect(await router.reload()).toBe('swapped');
    await source.give(n);
    expect(await events.next()).toEqual({
      payload: { data: { tick: { count: n, name: 'Ben' } } },
    });
  }
  reloading = false;
  await Promise.all(load);
  expect([...answers]).toEqual(['[{"name":"Ben","count":0},null]']);
  expect(ticks.opened).toHaveLength(1);
  expect(source.isClosed()).toBe(false);
});
