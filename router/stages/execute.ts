import type { Logger } from '../../process/log.ts';
import type { Executed, Prepared } from '../exchange.ts';

/** Plans the operation and runs the plan, by Apollo's gateway. */
export const execute = async (prepared: Prepared, log: Logger): Promise<Executed> => {
  const { generation, request, operation, caller } = prepared;
  const { document, hash } = prepared.prepared;
  const result = await generation.execute({
    request: {
      query: request.query,
      variables: { ...request.variables },
      ...operationName(prepared),
    },
    operationName: operation.name?.value ?? null,
    operation,
    document,
    source: request.query,
    queryHash: hash,
    schema: generation.schema,
    // Nothing in the gateway reads what follows, but its interface asks for it.
    schemaHash: '' as never,
    context: { caller },
    cache: NO_CACHE,
    logger: log,
    metrics: {},
    overallCachePolicy: undefined,
  });
  return { ...prepared, result };
};

const operationName = ({ operation }: Prepared) =>
  operation.name === undefined ? {} : { operationName: operation.name.value };

const NO_CACHE = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => false,
};
