import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { Logger } from '../../process/log.ts';
import { type Executed, type Extensions, NO_EXTENSIONS, type Results } from '../exchange.ts';
import type { Answer } from '../execution/answer.ts';
import type { Batch } from '../execution/deferred.ts';
import type { ExecutionError } from '../execution/run.ts';

interface MaskSettings {
  readonly showSubgraphErrors: boolean;
}

/**
 * Lets through what clients are meant to know (message, path, code, and which service) and nothing
 * else. What is not meant for them is logged under an id, which they get instead.
 *
 * @returns the results as the JSON text that goes out
 */
export const maskErrors = (
  { outcome, extensions, prepared }: Executed,
  settings: MaskSettings,
  log: Logger,
): Results => {
  const errorsAndData = ({ data, errors }: Answer): string => {
    if (errors.length === 0) return `"data":${data}`;
    const masked = errors.map((each) => maskError(each, settings.showSubgraphErrors, log));
    return `"errors":${JSON.stringify(masked)},"data":${data}`;
  };
  const members = (answer: Answer, beside: Extensions): string =>
    errorsAndData(answer) + printExtensions(beside, answer);
  const all = (answer: Answer): string => members(answer, extensions);
  const patch = (answer: Answer): string => members(answer, NO_EXTENSIONS);
  switch (outcome.kind) {
    case 'single':
      return {
        kind: 'single',
        result: `{${all(outcome.answer)}}`,
        policy: isWhole(outcome.answer) ? prepared.policy : null,
      };
    case 'incremental':
      return {
        kind: 'incremental',
        first: `{${all(outcome.first)},"hasNext":true}`,
        rest: each(outcome.rest, (batch) => printBatch(batch, patch)),
      };
    case 'events':
      return { kind: 'events', events: each(outcome.events, (event) => `{${all(event)}}`) };
  }
};

/** Nothing is missing, and nothing stands in for anything. */
const isWhole = ({ errors, degraded }: Answer): boolean =>
  errors.length === 0 && degraded.length === 0;

const printExtensions = (extensions: Extensions, answer: Answer): string => {
  const { degraded } = answer;
  if (extensions === NO_EXTENSIONS && degraded.length === 0) return '';
  const said: (readonly [string, unknown])[] =
    degraded.length === 0 ? [] : [['degraded', degraded]];
  for (const [name, say] of Object.entries(extensions)) said.push([name, say(answer)]);
  return `,"extensions":${JSON.stringify(Object.fromEntries(said))}`;
};

/** https://github.com/graphql/graphql-spec/pull/742, as of August 2022 */
const printBatch = ({ patches, hasNext }: Batch, members: (answer: Answer) => string): string => {
  if (patches.length === 0) return `{"hasNext":${hasNext}}`;
  const incremental = patches.map((patch) => {
    const label = patch.label === undefined ? '' : `,"label":${JSON.stringify(patch.label)}`;
    return `{${members(patch)},"path":${JSON.stringify(patch.path)}${label}}`;
  });
  return `{"hasNext":${hasNext},"incremental":[${incremental.join(',')}]}`;
};

/** Not a generator, which would pass on that nobody listens any more only with the next item. */
const each = <Item, Text>(
  items: AsyncIterable<Item>,
  print: (item: Item) => Text,
): AsyncIterable<Text> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = items[Symbol.asyncIterator]();
    return {
      next: async () => {
        const { done, value } = await iterator.next();
        return done === true ? { done, value: undefined } : { done: false, value: print(value) };
      },
      return: async () => {
        await iterator.return?.();
        return { done: true, value: undefined };
      },
    };
  },
});

const maskError = (
  { message, path, extensions, service }: ExecutionError,
  showForeign: boolean,
  log: Logger,
): GraphQLFormattedError => {
  const { code, errorId } = extensions;
  const origin = service === null ? {} : { service };
  // Whoever hides nothing gives its accidents this code too, as Apollo Server does: their words are no message.
  const isAccident =
    code === 'INTERNAL_SERVER_ERROR' && message !== ERRORS.INTERNAL_SERVER_ERROR.message;
  const own = isErrorCode(code) && !isAccident;

  if (own || showForeign) {
    return {
      message,
      path,
      extensions: {
        code: isErrorCode(code) ? code : foreignCode(code),
        ...origin,
        // A subgraph of the market has logged it under this id already.
        ...(typeof errorId === 'string' && { errorId }),
      },
    };
  }
  const id = randomUUID();
  log.error({ errorId: id, message, path, extensions, service }, 'masked error');
  return {
    message: ERRORS.INTERNAL_SERVER_ERROR.message,
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...origin, errorId: id },
  };
};

const foreignCode = (code: unknown): string => (typeof code === 'string' ? code : 'SUBGRAPH_ERROR');
