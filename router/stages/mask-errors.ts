import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { Logger } from '../../process/log.ts';
import type { Executed, GraphqlAnswer } from '../exchange.ts';
import type { ExecutionError } from '../execution/run.ts';

/**
 * Lets through what clients are meant to know (message, path, code, and which service) and nothing
 * else. What is not meant for them is logged under an id, which they get instead.
 */
export const maskErrors = (
  { answer: { data, errors } }: Executed,
  settings: { readonly showSubgraphErrors: boolean },
  log: Logger,
): GraphqlAnswer => {
  if (errors.length === 0) return { data };
  return { data, errors: errors.map((each) => maskError(each, settings.showSubgraphErrors, log)) };
};

const maskError = (
  { message, path, extensions, service }: ExecutionError,
  showForeign: boolean,
  log: Logger,
): GraphQLFormattedError => {
  const { code, errorId } = extensions;
  const origin = service === null ? {} : { service };
  const own = isErrorCode(code);

  if (own || showForeign) {
    return {
      message,
      path,
      extensions: {
        code: own ? code : foreignCode(code),
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
