import { queryObjects } from 'node:v8';
import { GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { SmallSubgraph } from '../../kit/federation.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startRouted } from '../../kit/routed.ts';
import { createTopic } from '../../kit/topic.ts';
import { REFUSED } from './arrange.ts';

const RELOADS = 100;

/** Names every clock `name`, where the supergraph says that it does. */
const naming = (name: string, root: string, field: string): SmallSubgraph => ({
  sdl: `type Query { ${root}: Int } type Clock @key(fields: "id") { id: ID! ${field} }`,
  resolvers: { Clock: { __resolveReference: () => ({ id: '1', name }) } },
});

/** How many schemas are kept, a few for each generation; whatever nobody refers to is collected before. */
const keptSchemas = (): number => queryObjects(GraphQLSchema, { format: 'count' });

test('through 100 reloads every request is answered, every subscription goes on, and no generation is kept', {
  timeout: 240_000,
}, async () => {
  const { log, lines } = createLogLines();
  const ticks = createTopic<number>();
  const tick = { subscribe: ticks.subscribe, resolve: (count: number) => ({ id: '1', count }) };
  await using routed = await startRouted(
    {
      clocks: {
        sdl: `type Query { clock: Clock } type Subscription { tick: Clock }
          type Clock @key(fields: "id") { id: ID! count: Int }`,
        resolvers: { Query: { clock: () => ({ id: '1', count: 0 }) }, Subscription: { tick } },
      },
      old: naming('Ben', 'o', 'name: String'),
      new: naming('Eva', 'n', ''),
    },
    { watchSupergraph: false },
    { log },
  );
  const { router, federation } = routed;
  const old = federation.sdl();
  const overriding = naming('Eva', 'n', 'name: String @override(from: "old")');
  const supergraphs = [old, federation.compose({ new: overriding })] as const;
  await using events = await router.subscribe('subscription { tick { count name } }');
  const source = await ticks.next();

  let reloading = true;
  const answers = new Set<string>();
  const ask = async (name: string) => {
    // Now and then an operation that nobody asked before.
    for (let n = 0; reloading; n += 1) {
      const alias = n % 50 === 0 ? `${name}${n}` : name;
      const { data, errors } = await router.query(`{ ${alias}: clock { name again: name count } }`);
      answers.add(JSON.stringify([data?.[alias], errors]));
    }
  };
  const load = ['a', 'b'].map(ask);
  const kept: number[] = [];
  for (let n = 1; n <= RELOADS; n += 1) {
    if (n % 10 === 0) {
      await federation.write(old.slice(0, -n));
      expect(await router.reload()).toBe('refused');
    }
    await federation.write(`${supergraphs[n % 2 === 0 ? 0 : 1]}\n# ${n}`);
    expect(await router.reload()).toBe('swapped');
    await source.give(n);
    const name = n % 2 === 0 ? 'Ben' : 'Eva';
    expect(await events.next()).toEqual({ payload: { data: { tick: { count: n, name } } } });
    if (n % 20 === 0) kept.push(keptSchemas());
  }
  reloading = false;
  await Promise.all(load);

  expect([...answers].sort()).toEqual([
    '[{"name":"Ben","again":"Ben","count":0},null]',
    '[{"name":"Eva","again":"Eva","count":0},null]',
  ]);
  expect(lines.filter(({ msg }) => msg === REFUSED)).toHaveLength(RELOADS / 10);
  expect(ticks.opened).toHaveLength(1);
  expect(source.isClosed()).toBe(false);
  // A request under way holds the one that it began with.
  const [first = 0, ...others] = kept;
  expect(Math.max(...others), String(kept)).toBeLessThan(first + 10);
});
