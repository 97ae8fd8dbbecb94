import { createLog, type Logger } from '../../process/log.ts';
import { type RouterSettings, readRouterSettings } from '../../router/settings.ts';
import { type RouterOptions, type RunningRouter, startRouter } from '../../router/start.ts';
import { type GraphqlResult, postGraphql, postText } from './http.ts';
import { openParts, type Parts } from './parts.ts';
import { TEST_SECRET } from './secret.ts';

interface Variables {
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A router with a server of its own. */
export interface TestRouter extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly metricsUrl: string | null;
  readonly query: (
    document: string,
    options?: Variables & {
      /** The development identity, such as `user_1`. */
      readonly user?: string;
      readonly authorization?: string;
    },
  ) => Promise<GraphqlResult>;
  /** The answer as it was written. */
  readonly text: (document: string, options?: Variables) => Promise<string>;
  /** Asks for an answer in parts. */
  readonly defer: (document: string, options?: Variables) => Promise<Parts>;
  /** Subscribes. */
  readonly subscribe: (document: string, options?: Variables) => Promise<Parts>;
  readonly reload: RunningRouter['reload'];
}

/** Starts a router in this process on a free port; the settings are those of development. */
export const startTestRouter = async (
  overrides: Partial<RouterSettings> = {},
  { log = createLog('router', 'silent'), ...options }: RouterOptions & { log?: Logger } = {},
): Promise<TestRouter> => {
  const settings = {
    ...readRouterSettings({}),
    port: 0,
    signingSecret: TEST_SECRET,
    developmentIdentity: true,
    ...overrides,
  };
  const running = await startRouter(settings, log, options);
  const url = `${running.url}/graphql`;
  return {
    url: running.url,
    metricsUrl: running.metricsUrl,
    query: (query, { variables = {}, user, authorization } = {}) =>
      postGraphql(url, JSON.stringify({ query, variables }), {
        ...(user !== undefined && { 'emporium-development-user': user }),
        ...(authorization !== undefined && { authorization }),
      }),
    text: (query, { variables = {} } = {}) => postText(url, JSON.stringify({ query, variables })),
    defer: (query, { variables = {} } = {}) => openParts(url, { query, variables }, 'defer'),
    subscribe: (query, { variables = {} } = {}) => openParts(url, { query, variables }, 'events'),
    reload: running.reload,
    [Symbol.asyncDispose]: running.stop,
  };
};
