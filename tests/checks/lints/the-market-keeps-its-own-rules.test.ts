import { expect, test } from 'vitest';
import { readChecksConfig } from '../../../checks/config/read.ts';
import { judgeLints } from '../../../checks/lints/judge.ts';
import { readConfig } from '../../../composition/config.ts';
import { readSubgraphSchema } from '../../../composition/schemas.ts';

test('the schemas of the market are as checks.yaml wants them', async () => {
  const subgraphs = await Promise.all(
    (await readConfig('supergraph.yaml')).map(async (subgraph) => ({
      name: subgraph.name,
      document: await readSubgraphSchema(subgraph),
    })),
  );
  const config = readChecksConfig('checks.yaml').lints;
  const judged = judgeLints({ subgraphs, before: null, config, today: '2026-11-26' });
  expect(judged).toEqual({ findings: [], markdown: '', text: '' });
});
