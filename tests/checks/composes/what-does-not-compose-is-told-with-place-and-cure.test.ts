import { ERRORS } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSchemas } from '../../../composition/compose.ts';
import { cureOf } from '../../../composition/cures.ts';
import { marketWith } from '../market.ts';
import { CORPUS } from './corpus.ts';

test.each(CORPUS)('$change: $code', ({ edits, code, at, message, cure }) => {
  const composed = composeSchemas(marketWith(edits));
  if (!('problems' in composed)) throw new Error('it composed');
  const [problem] = composed.problems;
  const place = problem?.places[0];
  const line = place?.excerpt.split('\n').find((each) => each.trim().startsWith(`${place.line} |`));
  expect({ code: problem?.code, cure: problem?.cure }).toEqual({ code, cure });
  expect(problem?.message.slice(0, message.length)).toBe(message);
  expect([place?.subgraph, line?.replace(/^ *\d+ \| */, '')]).toEqual(at);
});

test('what composes is not complained of', () => {
  expect(composeSchemas(marketWith([]))).not.toHaveProperty('problems');
});

test.each(Object.values(ERRORS).map(({ code }) => code))('%s has a cure', (code) => {
  expect(cureOf(code)).toMatch(/\S+ \S+.*\.$/);
});

test('of types that differ, the one that most subgraphs have is to be written', () => {
  const subgraph = (name: string, type: string) => ({
    name,
    url: `http://${name}/graphql`,
    document: parse(
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
       type Query { count: ${type} @shareable }`,
    ),
  });
  const composed = composeSchemas([
    subgraph('one', 'Int'),
    subgraph('two', 'String'),
    subgraph('three', 'String'),
  ]);
  expect(composed).toMatchObject({
    problems: [
      { cure: 'In one write `count: String`, as two has it, or change it in every subgraph.' },
    ],
  });
});
