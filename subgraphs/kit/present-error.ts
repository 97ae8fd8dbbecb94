import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { Logger } from '../../process/log.ts';

/** Deliberate errors pass; the rest is logged under an id and hidden behind it. */
export const presentError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError => {
  const code = formatted.extensions?.['code'];
  const cause = unwrapResolverError(error);
  const deliberate = cause instanceof GraphQLError && isErrorCode(code);
  if (deliberate && code !== 'INTERNAL_SERVER_ERROR') {
    return { ...formatted, extensions: { code } };
  }
  const errorId = randomUUID();
  log.error({ err: cause, errorId, path: formatted.path }, 'unexpected error');
  return {
    message: ERRORS.INTERNAL_SERVER_ERROR.message,
    ...(formatted.path !== undefined && { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
};
