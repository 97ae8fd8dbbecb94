import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';

/** A request that is answered with errors alone, because a stage would not let it through. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly GraphQLError[];

  constructor(code: ErrorCode, errors: readonly GraphQLError[]) {
    super(errors.map((error) => error.message).join(' '));
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

export const refusal = (code: ErrorCode, message?: string): Refusal =>
  new Refusal(code, [routerError(code, message)]);
