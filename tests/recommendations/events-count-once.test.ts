import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { startRecommendations, viewerNamed } from './arrange.ts';

const RECORD = `mutation Record($events: [EventInput!]!) {
  recordEvents(events: $events) { recorded userErrors { code field message } }
}`;

const event = (changes: Record<string, unknown> = {}) => ({
  kind: 'VIEWED',
  productId: 'product_a',
  clientEventId: 'event-0001',
  ...changes,
});

const anna = viewerNamed('anna');

const record = async (subgraph: TestSubgraph, events: readonly unknown[], viewer?: Viewer) => {
  const { data, errors } = await subgraph.query({
    document: RECORD,
    variables: { events },
    ...(viewer !== undefined && { viewer }),
  });
  expect(errors).toBeUndefined();
  return data.recordEvents;
};

const stored = async (subgraph: TestSubgraph) =>
  (await subgraph.pool.query('SELECT actor_id, kind, product_id FROM events ORDER BY id')).rows;

test('what is sent again is not counted again', async () => {
  await using subgraph = await startRecommendations();
  const events = [event(), event({ clientEventId: 'event-0002', kind: 'BOUGHT' })];
  expect(await record(subgraph, events, anna)).toEqual({ recorded: 2, userErrors: [] });
  const more = [...events, event({ clientEventId: 'event-0003' })];
  expect(await record(subgraph, more, anna)).toEqual({ recorded: 1, userErrors: [] });
  expect(await stored(subgraph)).toHaveLength(3);
});

test('what stands twice in one request counts once', async () => {
  await using subgraph = await startRecommendations();
  expect(await record(subgraph, [event(), event()], anna)).toMatchObject({ recorded: 1 });
});

test('many who send the same at once, in different orders, are counted once', async () => {
  await using subgraph = await startRecommendations();
  for (let round = 1; round <= 10; round += 1) {
    const events = Array.from({ length: 100 }, (_, n) =>
      event({ clientEventId: `event-${1000 * round + n}` }),
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, sender) =>
        record(subgraph, sender % 2 === 0 ? events : events.toReversed(), anna),
      ),
    );
    expect(answers.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(100);
    expect(await stored(subgraph)).toHaveLength(100 * round);
  }
});

test('different people may choose the same id', async () => {
  await using subgraph = await startRecommendations();
  await record(subgraph, [event()], anna);
  await record(subgraph, [event()], viewerNamed('bert'));
  await record(subgraph, [event({ sessionId: 'session-of-cleo' })]);
  expect((await stored(subgraph)).map(({ actor_id }) => actor_id)).toEqual([
    'user_anna',
    'user_bert',
    'session_session-of-cleo',
  ]);
});

test('who is signed in acts as themself, whatever session they name', async () => {
  await using subgraph = await startRecommendations();
  await record(subgraph, [event({ sessionId: 'user_bert-or-so' })], anna);
  expect(await stored(subgraph)).toMatchObject([{ actor_id: 'user_anna' }]);
});

test('a guest cannot act as a user', async () => {
  await using subgraph = await startRecommendations();
  await record(subgraph, [event({ sessionId: 'user_anna' })]);
  expect(await stored(subgraph)).toMatchObject([{ actor_id: 'session_user_anna' }]);
});

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

test.each([
  ['UNAUTHENTICATED', 'sessionId', {}],
  ['INVALID', 'sessionId', { sessionId: 'short' }],
  ['INVALID', 'sessionId', { sessionId: 'with a space in it' }],
  ['INVALID', 'productId', { sessionId: 'session-1', productId: 'user_a' }],
  ['INVALID', 'clientEventId', { sessionId: 'session-1', clientEventId: 'a\u0000bcdefgh' }],
  ['INVALID', 'clientEventId', { sessionId: 'session-1', clientEventId: 'x'.repeat(65) }],
  ['INVALID', 'occurredAt', { sessionId: 'session-1', occurredAt: hoursFromNow(-25) }],
  ['INVALID', 'occurredAt', { sessionId: 'session-1', occurredAt: hoursFromNow(1) }],
])('%s %s refuses the whole lot', async (code, field, changes) => {
  await using subgraph = await startRecommendations();
  const right = event({ sessionId: 'session-1', clientEventId: 'event-right' });
  const { recorded, userErrors } = await record(subgraph, [right, event(changes)]);
  expect(recorded).toBe(0);
  expect(userErrors).toMatchObject([{ code, field: ['events', '1', field] }]);
  expect(await stored(subgraph)).toEqual([]);
});

test('more than a hundred at once are refused', async () => {
  await using subgraph = await startRecommendations();
  const events = Array.from({ length: 101 }, (_, n) =>
    event({ clientEventId: `event-${1000 + n}` }),
  );
  const { userErrors } = await record(subgraph, events, anna);
  expect(userErrors).toMatchObject([{ code: 'TOO_MANY', field: ['events'] }]);
});

test('a hundred events cost as many statements as one', async () => {
  await using subgraph = await startRecommendations();
  const cost = (from: number, count: number) =>
    subgraph.countStatements(() => {
      const ids = Array.from({ length: count }, (_, n) => `event-${from + n}`);
      return record(
        subgraph,
        ids.map((clientEventId) => event({ clientEventId })),
        anna,
      );
    });
  expect(await cost(1000, 1)).toBe(1);
  expect(await cost(2000, 100)).toBe(1);
});

test('a guest tells of one session at a time', async () => {
  await using subgraph = await startRecommendations();
  const events = ['session-one', 'session-two'].map((sessionId, index) =>
    event({ sessionId, clientEventId: `event-000${index}` }),
  );
  expect(await record(subgraph, events)).toMatchObject({
    recorded: 0,
    userErrors: [{ code: 'INVALID', field: ['events'] }],
  });
});
