import { expect, test } from 'vitest';
import { type SmallFederation, startSmallFederation } from '../../kit/federation.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startTestRouter } from '../../kit/router.ts';
import { numbers, REFUSED, SERVED } from './arrange.ts';
import { startPublisher, type TestPublisher } from './publisher.ts';

const POLLED = { watchSupergraph: true, supergraphPollMs: 20 };

/** It was looked at often enough for a second line to be there. */
const severalAnswers = async (published: TestPublisher): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await published.answered();
};

test('another one is served as soon as it is published, and asked for by its ETag until then', async () => {
  const { log, until } = createLogLines();
  await using federation = await startSmallFederation({ one: numbers({ one: 1 }) });
  await using published = await startPublisher({ text: federation.sdl() }, 'the-token');
  const settings = { supergraph: published.url, supergraphToken: 'the-token', ...POLLED };
  await using router = await startTestRouter(settings, { log });
  expect(await router.query('{ one }')).toMatchObject({ data: { one: 1 } });
  await severalAnswers(published);
  expect(published.statuses.slice(0, 2)).toEqual([200, 304]);

  published.publish({ text: changed(federation) });
  await until(SERVED);
  expect(await router.query('{ one }')).toMatchObject({ data: { one: 2 } });
});

test.each([
  ['is absent', { status: 404 }, /answered 404/],
  ['is no supergraph', { text: '<html>' }, /^It is not a supergraph/],
  ['breaks off', { broken: true }, /cannot be read/],
])('what %s is said once, and the one before stays', async (_what, bad, reason) => {
  const { log, lines, until } = createLogLines();
  await using federation = await startSmallFederation({ one: numbers({ one: 1 }) });
  await using published = await startPublisher({ text: federation.sdl() });
  await using router = await startTestRouter({ supergraph: published.url, ...POLLED }, { log });
  published.publish(bad);
  expect((await until(REFUSED)).err).toMatch(reason);
  await severalAnswers(published);
  expect(lines.filter(({ msg }) => msg === REFUSED)).toHaveLength(1);
  expect(await router.query('{ one }')).toMatchObject({ data: { one: 1 } });

  published.publish({ text: changed(federation) });
  await until(SERVED);
  expect(await router.query('{ one }')).toMatchObject({ data: { one: 2 } });
});

test('at the start, what cannot be read ends it with one line, which keeps secrets', async () => {
  const supergraph = 'http://127.0.0.1:1/super.graphql?key=hidden';
  await expect(startTestRouter({ supergraph })).rejects.toThrow(
    /^SUPERGRAPH: http:\/\/127\.0\.0\.1:1\/super\.graphql cannot be read \(ECONNREFUSED\)\. [^\n]+$/,
  );
});

const changed = (federation: SmallFederation): string =>
  federation.compose({ one: numbers({ one: 2 }) }).concat('# changed');
