import { createReference } from '../execution/reference/reference.ts';

/** What stands behind the engine. A promise that rejects is a subgraph that failed. */
export type SubgraphCall = (
  subgraph: string,
  request: {
    readonly query: string;
    readonly operationName?: string;
    readonly variables: Record<string, unknown>;
  },
) => Promise<unknown>;

export interface EngineResult {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[] | undefined;
    readonly extensions?: { readonly [name: string]: unknown };
  }[];
}

/** Plans and runs operations over one supergraph. */
export interface Engine extends AsyncDisposable {
  readonly run: (
    document: string,
    options: {
      readonly variables: Readonly<Record<string, unknown>>;
      readonly operationName?: string | undefined;
    },
  ) => Promise<EngineResult>;
}

/**
 * Starts the engine that is under test.
 *
 * @param options.overrideLabels the labels of progressive `@override` that are on; others are off.
 */
export const startEngine = async (options: {
  readonly supergraphSdl: string;
  readonly call: SubgraphCall;
  readonly overrideLabels?: readonly string[];
}): Promise<Engine> => {
  // The router's executor goes here; until it is there, the reference stands in for it.
  const reference = createReference(options.supergraphSdl, options.overrideLabels);
  return {
    run: (document, { variables, operationName }) =>
      reference(document, operationName)(variables, options.call),
    [Symbol.asyncDispose]: async () => {},
  };
};
