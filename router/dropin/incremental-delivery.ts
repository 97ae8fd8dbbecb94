import type { ApolloServerPlugin } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { Batch } from '../execution/deferred.ts';
import type { Outcome } from '../execution/operation.ts';
import { formatted, type Operation, resultOf } from './results.ts';

/** Runs an operation whatever its results are. */
export type RunOperation<Context> = (operation: Operation<Context>) => Promise<Outcome>;

/**
 * Apollo Server asks its gateway for single results only; this answers deferred operations before it
 * asks, in the format that it writes as `multipart/mixed;deferSpec=20220824`.
 */
export const incrementalDelivery = <Context extends object>(
  run: RunOperation<Context>,
): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    responseForOperation: async ({ request, source, operationName, document, contextValue }) => {
      // Where nothing is deferred the gateway is asked as always.
      if (!/@defer\b/.test(source ?? '') || document === undefined) return null;
      const outcome = await run({
        source: source ?? '',
        operationName: operationName ?? null,
        variables: request.variables ?? {},
        context: contextValue,
      });
      const http = { headers: new HeaderMap() };
      if (outcome.kind === 'single') {
        const { data, errors } = resultOf(outcome.answer);
        const singleResult = { data, ...(errors && { errors: errors.map((e) => e.toJSON()) }) };
        return { http, body: { kind: 'single', singleResult } };
      }
      return {
        http,
        body: {
          kind: 'incremental',
          initialResult: { ...formatted(outcome.first), hasNext: true },
          subsequentResults: subsequent(outcome.rest),
        },
      };
    },
  }),
});

async function* subsequent(batches: AsyncIterable<Batch>) {
  for await (const { patches, hasNext } of batches) {
    const incremental = patches.map((patch) => ({
      ...formatted(patch),
      path: [...patch.path],
      ...(patch.label !== undefined && { label: patch.label }),
    }));
    yield { hasNext, ...(incremental.length > 0 && { incremental }) };
  }
}
