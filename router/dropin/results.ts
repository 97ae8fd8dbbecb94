import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Answer } from '../execution/answer.ts';
import type { Variables } from '../execution/run.ts';

/** What is to be run, as Apollo Server has it. */
export interface Operation<Context> {
  readonly source: string;
  readonly operationName: string | null;
  readonly variables: Variables;
  readonly context: Context;
}

interface Result {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

/** An answer as Apollo Server takes it; its `formatError` decides what clients see of errors. */
export const resultOf = ({ data, errors }: Answer): Result => ({
  data: JSON.parse(data),
  ...(errors.length > 0 && {
    errors: errors.map(({ message, path, extensions, service }) => {
      const origin = service === null ? {} : { service };
      const { code = 'SUBGRAPH_ERROR' } = extensions;
      return new GraphQLError(message, { path, extensions: { ...extensions, code, ...origin } });
    }),
  }),
});

/** The same as JSON values. */
export const formatted = (
  answer: Answer,
): { data: Result['data']; errors?: readonly GraphQLFormattedError[] } => {
  const { data, errors } = resultOf(answer);
  return { data, ...(errors !== undefined && { errors: errors.map((error) => error.toJSON()) }) };
};
