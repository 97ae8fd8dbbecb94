import { test } from 'vitest';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { learn } from '../../subgraphs/recommendations/training/store.ts';
import { openMarketplace, PURCHASES, RETAIL } from './importing.ts';
test('real', { timeout: 500_000 }, async () => {
  await using market = await openMarketplace();
  const t = (what: string) => process.stderr.write(`${what} ${Math.round(performance.now())}\n`);
  await market.run(RETAIL); t('products');
  process.stderr.write(JSON.stringify((await market.run(PURCHASES)).totals)); t('purchases');
  process.stderr.write(JSON.stringify((await market.run(PURCHASES)).totals)); t('again');
  await withConnection(market.urls.recommendations, learn); t('learnt');
  process.stderr.write(JSON.stringify(await market.query('recommendations', `SELECT count(*), count(*) FILTER (WHERE score > 0.01) strong, max(rank) FROM neighbours`)));
  t('end');
  process.stderr.write(`mem ${Math.round(process.memoryUsage().rss / 1e6)}\n`);
});
