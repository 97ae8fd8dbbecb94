import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import type { Logger } from '../process/log.ts';
import type { Limit } from './limits/limits.ts';

/** What a refusal says beside its errors. */
export interface RefusalDetails {
  /** For the log alone. */
  readonly cause?: unknown;
  /** Which limit was passed; null where it was none. */
  readonly limit?: Limit | null;
  /** In how many seconds it is worth asking again; null where that is not known. */
  readonly retryAfterS?: number | null;
}

/** A request that is answered with errors alone, because a stage would not let it through. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly GraphQLError[];
  readonly limit: Limit | null;
  readonly retryAfterS: number | null;

  constructor(
    code: ErrorCode,
    errors: readonly GraphQLError[],
    { cause, limit = null, retryAfterS = null }: RefusalDetails = {},
  ) {
    super(errors.map((error) => error.message).join(' '), { cause });
    this.name = 'Refusal';
    this.code = code;
    this.errors = errors;
    this.limit = limit;
    this.retryAfterS = retryAfterS;
  }
}

/** An error of the catalogue; `message` where there is something more precise to say. */
export const routerError = (
  code: ErrorCode,
  message: string = ERRORS[code].message,
  { extensions, ...options }: GraphQLErrorOptions = {},
): GraphQLError => new GraphQLError(message, { ...options, extensions: { code, ...extensions } });

export const refusal = (code: ErrorCode, message?: string, details?: RefusalDetails): Refusal =>
  new Refusal(code, [routerError(code, message)], details);

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
