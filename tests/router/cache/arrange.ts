import { randomUUID } from 'node:crypto';
import { issueServiceToken } from '../../../contract/service-token.ts';
import type { RouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import {
  type SmallFederation,
  type SmallSubgraph,
  startSmallFederation,
} from '../../kit/federation.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

const CACHE_CONTROL = `
  extend schema
    @link(url: "https://specs.emporium.example/router/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, staleIfError: Int)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
`;

/** A subgraph whose schema may use `@cacheControl` and `@cacheTag`. */
export const keeping = (
  sdl: string,
  resolvers: SmallSubgraph['resolvers'] = {},
): SmallSubgraph => ({
  sdl: `${CACHE_CONTROL} ${sdl}`,
  resolvers,
});

export interface Keeping<Name extends string> extends AsyncDisposable {
  readonly router: TestRouter;
  readonly federation: SmallFederation<Name>;
  /** How often one subgraph was asked. */
  readonly asked: (name: Name) => number;
  /** As a service does; gives the status. */
  readonly invalidate: (tags: readonly string[]) => Promise<number>;
}

/** A router that keeps answers. */
export const startKeeping = <Name extends string>(
  subgraphs: Readonly<Record<Name, SmallSubgraph>>,
  settings: Partial<RouterSettings> = {},
): Promise<Keeping<Name>> =>
  withCleanup(async ({ use }) => {
    const federation = use(await startSmallFederation(subgraphs));
    const router = use(
      await startTestRouter({ supergraph: federation.supergraph, cache: 'memory', ...settings }),
    );
    return {
      router,
      federation,
      asked: (name) => federation.asked(name).length,
      invalidate: async (tags) => {
        const { status } = await fetch(`${router.url}/cache/invalidate`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Service ${issueServiceToken(TEST_SECRET, 'catalog')}`,
          },
          body: JSON.stringify({ tags }),
        });
        return status;
      },
    };
  });

/** Something that is never the same twice. */
export const anew = (): string => randomUUID();
