import { expect, test } from 'vitest';
import { createLog } from '../../process/log.ts';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { keepLearning } from '../../subgraphs/recommendations/learning.ts';
import { learn, learnWhenStale } from '../../subgraphs/recommendations/training/store.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';
import { addEvents, together } from './arrange.ts';

const startDatabase = async () => {
  const database = await cloneDatabase('recommendations', 'empty');
  const pool = openPool(database.url);
  return {
    url: database.url,
    pool,
    neighbours: async () =>
      (
        await pool.query(
          'SELECT product_id, neighbour_id, kind, score, rank FROM neighbours ORDER BY 1, 2',
        )
      ).rows,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
};

const DESK_AND_LAMP = together(['a', 'b'], 'VIEWED', ['desk', 'lamp']);

test('it learns where there is something new, and not otherwise', async () => {
  await using database = await startDatabase();
  const round = () => withConnection(database.url, learnWhenStale);
  expect(await round()).toBe('fresh');
  await addEvents(database.pool, DESK_AND_LAMP);
  expect(await round()).toBe('learnt');
  expect(await database.neighbours()).toHaveLength(2);
  expect(await round()).toBe('fresh');
});

test('while one process learns, another does not', async () => {
  await using database = await startDatabase();
  await addEvents(database.pool, DESK_AND_LAMP);
  const round = () => withConnection(database.url, learnWhenStale);
  const outcomes = await Promise.all(Array.from({ length: 5 }, round));
  expect(outcomes.filter((outcome) => outcome === 'learnt')).toHaveLength(1);
});

test('several who insist on it take turns, and all succeed', async () => {
  await using database = await startDatabase();
  await addEvents(database.pool, DESK_AND_LAMP);
  await Promise.all(Array.from({ length: 4 }, () => withConnection(database.url, learn)));
  expect(await database.neighbours()).toHaveLength(2);
});

test('what was learnt before stays until the new is complete', async () => {
  await using database = await startDatabase();
  await addEvents(database.pool, DESK_AND_LAMP);
  await withConnection(database.url, learn);
  const before = await database.neighbours();
  // The last step fails: everything before it must be as if it had never been.
  await database.pool.query(
    `ALTER TABLE computations ADD CONSTRAINT refuse CHECK (events < 5) NOT VALID`,
  );
  await addEvents(database.pool, [
    ['c', 'VIEWED', 'desk', 1],
    ['c', 'VIEWED', 'lamp', 1],
    ['d', 'VIEWED', 'desk', 1],
  ]);
  await expect(withConnection(database.url, learn)).rejects.toThrow('refuse');
  expect(await database.neighbours()).toEqual(before);
  await database.pool.query('ALTER TABLE computations DROP CONSTRAINT refuse');
  expect(await withConnection(database.url, learnWhenStale)).toBe('learnt');
  expect(await database.neighbours()).not.toEqual(before);
});

test('the same events teach the same, in whatever order they came', async () => {
  await using one = await startDatabase();
  await using other = await startDatabase();
  const deeds = ['a', 'b', 'c', 'd', 'e'].flatMap((actor, n) =>
    together(
      [actor],
      n % 2 === 0 ? 'VIEWED' : 'BOUGHT',
      ['1', '2', '3', '4', '5', '6'].slice(n % 3),
    ),
  );
  await addEvents(one.pool, deeds);
  await addEvents(other.pool, deeds.toReversed());
  await withConnection(one.url, learn);
  await withConnection(other.url, learn);
  expect(await one.neighbours()).toEqual(await other.neighbours());
  expect((await one.neighbours()).length).toBeGreaterThan(0);
});

test('of an item no more than fifty neighbours of a kind are kept, nearest first', async () => {
  await using database = await startDatabase();
  const many = Array.from({ length: 60 }, (_, n) => `thing${n}`);
  await addEvents(database.pool, together(['a', 'b'], 'VIEWED', ['desk', ...many]));
  await withConnection(database.url, learn);
  const { rows } = await database.pool.query(
    `SELECT rank FROM neighbours WHERE product_id = 'product_desk' ORDER BY rank`,
  );
  expect(rows.map(({ rank }) => rank)).toEqual(Array.from({ length: 50 }, (_, n) => n));
});

test('a failure is tried again; stopping waits for what is under way', async () => {
  let calls = 0;
  let finish = () => {};
  const second = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let arrived = () => {};
  const reached = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const learning = keepLearning(
    async () => {
      calls += 1;
      if (calls === 1) throw new Error('the database is away');
      arrived();
      await second;
      return 'learnt';
    },
    createLog('test', 'silent'),
    1,
  );
  await reached;
  let stopped = false;
  const stopping = learning.stop().then(() => {
    stopped = true;
  });
  await Promise.resolve();
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(calls).toBe(2);
});
