import { randomUUID } from 'node:crypto';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { Logger } from '../../process/log.ts';
import type { Executed, GraphqlAnswer } from '../exchange.ts';

/** What the gateway calls errors of subgraphs that gave no code of their own. */
const NO_CODE_OF_ITS_OWN = 'DOWNSTREAM_SERVICE_ERROR';

/**
 * Lets through what clients are meant to know (message, path, code, and which service) and nothing
 * else. What is not meant for them is logged under an id, which they get instead.
 */
export const maskErrors = (
  { result }: Executed,
  settings: { readonly showSubgraphErrors: boolean },
  log: Logger,
): GraphqlAnswer => {
  const { data, errors } = result;
  const shown = errors?.map((error) => maskError(error, settings.showSubgraphErrors, log));
  return {
    ...(shown !== undefined && shown.length > 0 && { errors: shown }),
    ...(data !== undefined && { data }),
  };
};

const maskError = (
  error: GraphQLError,
  showForeign: boolean,
  log: Logger,
): GraphQLFormattedError => {
  const { code, serviceName, errorId } = error.extensions;
  const fromSubgraph = typeof serviceName === 'string';
  const service = fromSubgraph ? { service: serviceName } : {};
  const place = error.path === undefined ? {} : { path: error.path };
  const own = isErrorCode(code);

  if (own || (showForeign && fromSubgraph)) {
    return {
      message: error.message,
      ...place,
      extensions: {
        code: own ? code : foreignCode(code),
        ...service,
        // A subgraph of the market has logged it under this id already.
        ...(typeof errorId === 'string' && { errorId }),
      },
    };
  }
  const id = randomUUID();
  log.error({ errorId: id, err: error.originalError ?? error, path: error.path }, 'masked error');
  return {
    message: ERRORS.INTERNAL_SERVER_ERROR.message,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...service, errorId: id },
  };
};

const foreignCode = (code: unknown): string =>
  typeof code === 'string' && code !== NO_CODE_OF_ITS_OWN ? code : 'SUBGRAPH_ERROR';
