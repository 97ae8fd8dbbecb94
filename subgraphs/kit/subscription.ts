import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import { presentError } from './present-error.ts';
import type { Subgraph } from './subgraph.ts';
import { checkSubscription } from './subscription-request.ts';

/** The events of a subscription; `return` ends it at once, also while `next` waits. */
export interface Events extends AsyncIterableIterator<FormattedExecutionResult> {
  readonly return: () => Promise<IteratorResult<FormattedExecutionResult>>;
}

/** What comes of asking for a subscription. */
export type Subscribed =
  | { readonly accepted: true; readonly events: Events }
  | { readonly accepted: false; readonly errors: readonly GraphQLFormattedError[] };

/**
 * Begins a subscription. Every event is executed with a context of its own, so that its loaders
 * read what is there now.
 *
 * @param body of a GraphQL request, parsed from JSON
 */
export const subscribe = async <Context extends object>(
  { schema, context }: Pick<Subgraph<Context>, 'schema' | 'context'>,
  caller: Caller,
  body: unknown,
  log: Logger,
): Promise<Subscribed> => {
  const checked = checkSubscription(schema, body);
  if ('errors' in checked) return { accepted: false, errors: checked.errors };

  const argsOfEvent = (rootValue: unknown): ExecutionArgs => ({
    ...checked,
    schema,
    rootValue,
    contextValue: context(caller),
  });
  const source = await createSourceEventStream(argsOfEvent(undefined));
  if (!(Symbol.asyncIterator in source)) {
    return { accepted: false, errors: presentErrors(source.errors ?? [], log) };
  }
  const result = async (event: unknown): Promise<FormattedExecutionResult> =>
    presentResult(await execute(argsOfEvent(event)), log);
  return { accepted: true, events: mapEvents(source[Symbol.asyncIterator](), result) };
};

/** A generator of graphql-js's own would wait for the next event before it lets itself be ended. */
const mapEvents = (
  source: AsyncIterator<unknown>,
  result: (event: unknown) => Promise<FormattedExecutionResult>,
): Events => ({
  next: async () => {
    const { done, value } = await source.next();
    return done ? { done, value: undefined } : { done: false, value: await result(value) };
  },
  return: async () => {
    await source.return?.();
    return { done: true, value: undefined };
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});

const presentErrors = (errors: readonly GraphQLError[], log: Logger) =>
  errors.map((error) => presentError(error.toJSON(), error, log));

const presentResult = (
  { errors, ...result }: ExecutionResult,
  log: Logger,
): FormattedExecutionResult =>
  errors === undefined ? result : { ...result, errors: presentErrors(errors, log) };
