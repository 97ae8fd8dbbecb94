import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import type { Logger } from '../process/log.ts';

/** A request that is answered with errors alone, because a stage would not let it through. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly GraphQLError[];

  /** @param cause for the log alone */
  constructor(code: ErrorCode, errors: readonly GraphQLError[], cause?: unknown) {
    super(errors.map((error) => error.message).join(' '), { cause });
    this.name = 'Refusal';
    this.code = code;
    this.errors = errors;
  }
}

/** An error of the catalogue; `message` where there is something more precise to say. */
export const routerError = (
  code: ErrorCode,
  message: string = ERRORS[code].message,
  { extensions, ...options }: GraphQLErrorOptions = {},
): GraphQLError => new GraphQLError(message, { ...options, extensions: { code, ...extensions } });

export const refusal = (code: ErrorCode, message?: string, cause?: unknown): Refusal =>
  new Refusal(code, [routerError(code, message)], cause);

/** Whatever was thrown, as what the client is told: a defect is logged under the id that it gets. */
export const toRefusal = (error: unknown, log: Logger): Refusal => {
  if (error instanceof Refusal) return error;
  const errorId = randomUUID();
  log.error({ errorId, err: error }, 'unexpected error');
  const masked = routerError('INTERNAL_SERVER_ERROR', undefined, { extensions: { errorId } });
  return new Refusal('INTERNAL_SERVER_ERROR', [masked]);
};

/** The errors of a refusal as JSON text: a list, as it stands in an answer's `errors`. */
export const printErrors = ({ errors }: Refusal): string =>
  JSON.stringify(errors.map((error) => error.toJSON()));

/** Past this many errors a document has been told enough about. */
export const MAX_VALIDATION_ERRORS = 20;

/** graphql-js's own errors, under a code of the catalogue. */
export const refused = (code: ErrorCode, errors: readonly GraphQLError[]): Refusal =>
  new Refusal(
    code,
    errors.map(({ message, source, positions }) =>
      routerError(code, message, {
        ...(source !== undefined && { source }),
        ...(positions !== undefined && { positions }),
      }),
    ),
  );
