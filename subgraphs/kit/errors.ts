import { GraphQLError } from 'graphql';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';

/** An error that the client is meant to see. Whatever else is thrown gets masked. */
export const clientError = (
  code: ErrorCode,
  message: string = ERRORS[code].message,
): GraphQLError => new GraphQLError(message, { extensions: { code } });
