import type { RouterSettings } from '../../router/settings.ts';
import { withCleanup } from './cleanup.ts';
import { type SmallFederation, type SmallSubgraph, startSmallFederation } from './federation.ts';
import { startTestRouter, type TestRouter } from './router.ts';

/** A small federation behind a router. */
export interface Routed<Name extends string = string> extends AsyncDisposable {
  readonly federation: SmallFederation<Name>;
  readonly router: TestRouter;
}

export const startRouted = <Name extends string>(
  subgraphs: Readonly<Record<Name, SmallSubgraph>>,
  overrides: Partial<RouterSettings> = {},
  options: Parameters<typeof startTestRouter>[1] = {},
): Promise<Routed<Name>> =>
  withCleanup(async ({ use }) => {
    const federation = use(await startSmallFederation(subgraphs));
    const { supergraph } = federation;
    const router = use(await startTestRouter({ supergraph, ...overrides }, options));
    return { federation, router };
  });
