import pg from 'pg';
import { built } from './built.mjs';
import { GOODS_COLUMNS, makeGoods } from './goods.mjs';

const { insertRows } = await built('prisma/seed/insert.js');
const { catalogTables } = await built('prisma/seed/rows/catalog.js');

const BATCH = 4_000;
/** As many as there are cores; PostgreSQL makes the search vectors, which is most of the work. */
const WRITERS = 2;

/**
 * Fills an empty catalogue with `count` goods. What would be done for each row is done once at the end:
 * indexes, and the words that a search is corrected by.
 *
 * @param {string} url
 * @param {number} count
 * @param {(line: string) => void} say
 */
export const fillCatalogue = async (url, count, say) => {
  const clients = await Promise.all(Array.from({ length: WRITERS + 1 }, () => connect(url)));
  const [client, ...writers] = clients;
  if (client === undefined) throw new Error('there is no connection');
  const { rows } = await client.query('SELECT count(*)::int AS count FROM products');
  if (rows[0].count !== count) {
    if (rows[0].count > 0) throw new Error('the data folder holds another market: delete it');
    const indexes = await dropIndexes(client);
    await client.query('ALTER TABLE products DISABLE TRIGGER products_inserted');
    await insertRows(client, catalogTables({ products: [] })[0], () => {});
    await insertGoods(writers, count, say);
    await client.query('ALTER TABLE products ENABLE TRIGGER products_inserted');
    await finish(client, indexes, say);
  }
  await Promise.all(clients.map((each) => each.end()));
};

/** @param {string} url */
const connect = async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

/** @param {pg.Client} client @returns {Promise<string[]>} how to make them again */
const dropIndexes = async (client) => {
  const { rows } = await client.query(`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE tablename = 'products' AND indexname NOT IN (SELECT conname FROM pg_constraint)`);
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  return rows.map(({ definition }) => definition);
};

/** @param {readonly pg.Client[]} writers @param {number} count @param {(line: string) => void} say */
const insertGoods = async (writers, count, say) => {
  const goods = makeGoods(count);
  const next = () => {
    const rows = [];
    while (rows.length < BATCH) {
      const { done, value } = goods.next();
      if (done) break;
      rows.push(value);
    }
    return rows;
  };
  let written = 0;
  const write = async (/** @type {pg.Client} */ client) => {
    for (let rows = next(); rows.length > 0; rows = next()) {
      const table = { table: 'products', columns: GOODS_COLUMNS, rows };
      await insertRows(client, table, (/** @type {number} */ inserted) => {
        written += inserted;
        if (written % 100_000 < BATCH) say(`${written.toLocaleString('en')} items`);
      });
    }
  };
  await Promise.all(writers.map(write));
};

/** @param {pg.Client} client @param {readonly string[]} indexes @param {(line: string) => void} say */
const finish = async (client, indexes, say) => {
  await client.query(
    "SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2",
  );
  for (const definition of indexes) {
    say(definition.replace(/ ON .*/, '').replace('CREATE ', ''));
    await client.query(definition);
  }
  say('the words of all items');
  await client.query(`
    INSERT INTO search_words (word)
    SELECT word FROM ts_stat($$SELECT search_vector FROM products WHERE availability = 'AVAILABLE'$$)
    WHERE word ~ '^[[:alpha:]]{4,30}$' ORDER BY word
    ON CONFLICT DO NOTHING`);
  say('statistics');
  await client.query('VACUUM (ANALYZE) products');
  await client.query('VACUUM (ANALYZE) search_words');
};
