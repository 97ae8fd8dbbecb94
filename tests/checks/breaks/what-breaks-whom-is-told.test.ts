import { describe, expect, test } from 'vitest';
import { judgeBreaks } from '../../../checks/breaks/judge.ts';
import type { UsageCounts } from '../../../checks/breaks/usage-file.ts';
import type { Finding } from '../../../checks/finding.ts';
import type { RegisteredOperation } from '../../../checks/operations/read.ts';
import type { Place } from '../../../composition/place.ts';
import { type Edit, openShop, registered } from '../shop.ts';
import { CORPUS, REGISTERED } from './corpus.ts';

const NO_USAGE: UsageCounts = new Map();

const judge = async (
  edits: readonly Edit[],
  operations: readonly RegisteredOperation[] = registered(REGISTERED),
  usage: UsageCounts = NO_USAGE,
): Promise<readonly Finding[]> => {
  const [before, after] = await Promise.all([openShop([]), openShop(edits)]);
  return (await judgeBreaks({ before, after, operations, usage })).findings;
};

const lineOf = ({ line, excerpt }: Place): string =>
  excerpt
    .split('\n')
    .find((each) => each.trim().startsWith(`${line} |`))
    ?.replace(/^ *\d+ \| */, '') ?? '';

test.each(CORPUS)('$change', async ({ edits, found }) => {
  const findings = await judge(edits);
  const worst = findings.filter(({ severity }) => severity !== 'note');
  const told = (worst.length > 0 ? worst : findings).map(
    ({ code, severity, message, operations, places: [place] }) => ({
      code,
      severity,
      message,
      at: place === undefined ? null : [place.subgraph, lineOf(place)],
      operations,
    }),
  );
  expect(told).toEqual(found);
});

const WITHOUT_AUTHOR: readonly Edit[] = [['  by: String\n', '']];

describe('what nobody has registered', () => {
  test('is a failure where nobody has registered anything', async () => {
    const findings = await judge(WITHOUT_AUTHOR, []);
    expect(findings).toMatchObject([{ code: 'FIELD_REMOVED', severity: 'failure' }]);
  });

  test.each([
    [12, 'Field `by` was removed from object type `Review`; it was asked 12 times'],
    [1, 'Field `by` was removed from object type `Review`; it was asked once'],
  ])(
    'is a failure where a usage file says that it is asked, and how often',
    async (count, message) => {
      const findings = await judge(
        WITHOUT_AUTHOR,
        registered(REGISTERED),
        new Map([['Review.by', count]]),
      );
      expect(findings).toMatchObject([{ severity: 'failure', message }]);
    },
  );
});

test('an operation that fits the schema neither before nor after is told with its place', async () => {
  const findings = await judge([], registered({ storefront: 'query Old { items { weight } }' }));
  expect(findings).toMatchObject([
    {
      code: 'OPERATION_BROKEN',
      severity: 'failure',
      message: expect.stringContaining('Cannot query field "weight" on type "Item"'),
      places: [{ line: 1, column: 21 }],
      operations: ['storefront Old'],
    },
  ]);
});

test('without a change there is nothing to say', async () => {
  expect(await judge([])).toEqual([]);
});
