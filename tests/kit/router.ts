import { createLog } from '../../process/log.ts';
import { type RouterSettings, readRouterSettings } from '../../router/settings.ts';
import { type RouterOptions, startRouter } from '../../router/start.ts';
import { type GraphqlResult, postGraphql } from './http.ts';
import { TEST_SECRET } from './secret.ts';

/** A router with a server of its own. */
export interface TestRouter extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly query: (
    document: string,
    options?: {
      readonly variables?: Readonly<Record<string, unknown>>;
      /** The development identity, such as `user_1`. */
      readonly user?: string;
    },
  ) => Promise<GraphqlResult>;
}

/** Starts a router in this process on a free port; the settings are those of development. */
export const startTestRouter = async (
  overrides: Partial<RouterSettings> = {},
  options: RouterOptions = {},
): Promise<TestRouter> => {
  const settings = {
    ...readRouterSettings({}),
    port: 0,
    signingSecret: TEST_SECRET,
    developmentIdentity: true,
    ...overrides,
  };
  const running = await startRouter(settings, createLog('router', 'silent'), options);
  return {
    url: running.url,
    query: (query, { variables = {}, user } = {}) =>
      postGraphql(
        `${running.url}/graphql`,
        JSON.stringify({ query, variables }),
        user === undefined ? {} : { 'emporium-development-user': user },
      ),
    [Symbol.asyncDispose]: running.stop,
  };
};
