import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';
import { numbers } from './arrange.ts';

/** A supergraph with many more types, none of which anybody asks for. */
const enlarged = (sdl: string, types: number): string => {
  const more = Array.from({ length: types }, (_, n) => {
    const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map(
      (name) => `  ${name}(first: Int): T${(n + 1) % types}`,
    );
    return `type T${n}\n  @join__type(graph: ONE)\n{\n${fields.join('\n')}\n}`;
  });
  return `${sdl.replace('one: Int', 'one: Int\n  t: T0')}\n${more.join('\n\n')}`;
};

test('while a large supergraph is built, requests are answered by the one before', async () => {
  await using routed = await startRouted({ one: numbers({ one: 1 }) }, { watchSupergraph: false });
  const { router, federation } = routed;
  await federation.write(
    `${federation.sdl()}\n# Whatever is loaded for the first reload is there then.`,
  );
  expect(await router.reload()).toBe('swapped');

  await federation.write(enlarged(federation.sdl(), 800));
  let isBuilt = false;
  const built = router.reload().then((reload) => {
    isBuilt = true;
    return reload;
  });
  let answered = 0;
  while (!isBuilt) {
    const { data } = await router.query('{ one }');
    expect(data).toEqual({ one: 1 });
    if (!isBuilt) answered += 1;
  }
  expect(await built).toBe('swapped');
  expect(answered).toBeGreaterThan(10);
  expect((await router.query('{ t { a { __typename } } }')).errors).toBeUndefined();
});
