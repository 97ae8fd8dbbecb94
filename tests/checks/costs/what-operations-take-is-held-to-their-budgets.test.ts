import { expect, test } from 'vitest';
import { drawPlan } from '../../../checks/costs/draw.ts';
import { judgeCosts } from '../../../checks/costs/judge.ts';
import { costOf, fetchesIn } from '../../../checks/costs/measure.ts';
import type { Judged } from '../../../checks/finding.ts';
import type { FetchNode, Plan } from '../../../router/execution/plan.ts';
import { composed, planner } from '../planner.ts';
import { registered } from '../shop.ts';
import { CORPUS } from './corpus.ts';
import { type Edit, libraryWith } from './library.ts';

const BEFORE = composed(libraryWith([]));

const judge = (
  operation: string,
  edits: readonly Edit[],
  before: string | null = BEFORE,
): Promise<Judged> =>
  judgeCosts({
    before,
    after: composed(libraryWith(edits)),
    operations: registered({ reader: operation }),
    planner,
  });

const SEVERITIES: Readonly<Record<string, string>> = {
  BUDGET_EXCEEDED: 'failure',
  PLAN_GREW: 'warning',
  PLAN_SHRANK: 'note',
};

test.each(CORPUS)('$change: $code', async ({ operation, edits, code, message }) => {
  const { findings } = await judge(operation, edits);
  const [found, ...others] = findings;
  expect(found).toMatchObject({
    code,
    message: message.join('\n'),
    severity: SEVERITIES[code],
    operations: ['reader Q'],
  });
  expect(found?.places[0]?.excerpt).toContain('query Q');
  // What exceeds its budget grew as well, here.
  expect(others.map((each) => each.code)).toEqual(code === 'BUDGET_EXCEEDED' ? ['PLAN_GREW'] : []);
});

test('a plan as dear as before is nothing to tell, and is shown beside its budget', async () => {
  const { findings, text, markdown } = await judge(
    '# budget: fetches 3\nquery Q { book(id: 1) { shelf stars } }',
    [],
  );
  expect(findings).toEqual([]);
  expect(text).toBe('operation  fetches  depth  entities\nreader Q   3 of 3   2      2');
  expect(markdown).toContain('| reader Q | 3 of 3 | 2 | 2 |');
  expect(markdown).toContain('  1. books\n  2. ratings: Book at book\n  2. shelves: Book at book');
});

test('a budget is held to without a base too', async () => {
  const { findings } = await judge('# budget: fetches 0\nquery Q { newest { id } }', [], null);
  expect(findings).toMatchObject([{ code: 'BUDGET_EXCEEDED', severity: 'failure' }]);
});

test('what does not fit the schema is left to what judges breaks', async () => {
  const { findings, text } = await judge('query Q { book(id: 1) { weight } }', []);
  expect({ findings, text }).toEqual({ findings: [], text: '' });
});

test('what waits for several at once waits for the longest of them', () => {
  const fetch = (serviceName: string) => ({ kind: 'Fetch', serviceName }) as FetchNode;
  const plan: Plan = {
    kind: 'QueryPlan',
    node: {
      kind: 'Sequence',
      nodes: [
        {
          kind: 'Parallel',
          nodes: [{ kind: 'Sequence', nodes: [fetch('a'), fetch('b')] }, fetch('c')],
        },
        fetch('d'),
      ],
    },
  };
  expect(costOf(plan)).toEqual({ fetches: 4, depth: 3, entities: 0 });
  expect(drawPlan(fetchesIn(plan))).toBe('1. a\n1. c\n2. b\n3. d');
});
