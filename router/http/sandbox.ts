import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';

/** Apollo Server's own landing page: the Sandbox, framed from Apollo's host, so it needs the internet. */
const plugin = ApolloServerPluginLandingPageLocalDefault({
  embed: { runTelemetry: false, endpointIsEditable: false },
});

/** The page's HTML; each call gives it a nonce of its own. */
export const sandboxPage = async (): Promise<string> => {
  // The plugin reads nothing of the server that it would be given.
  const started = await plugin.serverWillStart?.({} as never);
  const page = await started?.renderLandingPage?.();
  if (page === undefined) throw new Error('Apollo Server has no landing page any more');
  return typeof page.html === 'function' ? page.html() : page.html;
};
