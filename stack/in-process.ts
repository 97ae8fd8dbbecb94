import { KEY_SET_PATH } from '../contract/access-token.ts';
import type { Running } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import type { InProcessSubgraph } from '../router/transport/in-process.ts';
import type { Replicas } from '../router/transport/replicas.ts';
import { cart } from '../subgraphs/cart/server.ts';
import { catalog } from '../subgraphs/catalog/server.ts';
import { type OpenSubgraph, openSubgraph } from '../subgraphs/kit/open.ts';
import { serveOwnPaths } from '../subgraphs/kit/own-paths.ts';
import { readSubgraphSettings } from '../subgraphs/kit/settings.ts';
import type { SubgraphFactory } from '../subgraphs/kit/subgraph.ts';
import { media } from '../subgraphs/media/server.ts';
import { recommendations } from '../subgraphs/recommendations/server.ts';
import { users } from '../subgraphs/users/server.ts';
import { type BySubgraph, OWN_PATHS, type SubgraphName } from './subgraphs.ts';

/** Subgraphs that run in this process. */
export interface InProcessSubgraphs {
  readonly byName: ReadonlyMap<string, InProcessSubgraph>;
  /** The paths that they have of their own, each with the origin that serves it. */
  readonly passThrough: Readonly<Record<string, Replicas<string>>>;
  /** The key set of the market's users, where they are among them. */
  readonly identityProviders: Readonly<Record<string, string>>;
  /** Once nobody asks them any more: answers what is under way of their own paths, then gives all back. */
  readonly close: () => Promise<void>;
}

interface Hosted {
  readonly subgraph: OpenSubgraph;
  readonly publicUrl: string;
  /** The server of its own paths; null where it has none. */
  readonly paths: Running | null;
}

/** A subgraph with the settings of its own, read from this process's environment. */
const hosting =
  <Context extends object>(factory: SubgraphFactory<Context>) =>
  async (): Promise<Hosted> => {
    const settings = readSubgraphSettings(factory.name);
    const log = createLog(factory.name, settings.logLevel);
    const subgraph = await openSubgraph(factory, settings, log);
    const paths = await serveOwnPaths(subgraph, log);
    return { subgraph, publicUrl: settings.publicUrl, paths };
  };

const HOST: BySubgraph<() => Promise<Hosted>> = {
  users: hosting(users),
  catalog: hosting(catalog),
  cart: hosting(cart),
  media: hosting(media),
  recommendations: hosting(recommendations),
};

/** Users sign tokens in the name of the address where clients reach the market. */
const keySetOf = ({
  subgraph,
  publicUrl,
  paths,
}: Hosted): readonly (readonly [string, string])[] =>
  subgraph.name === users.name && paths !== null
    ? [[publicUrl, new URL(KEY_SET_PATH, paths.url).href]]
    : [];

/**
 * Opens subgraphs in this process.
 *
 * @throws SettingsError in one line that says which setting is wrong and why
 */
export const openInProcess = async (
  names: readonly SubgraphName[],
): Promise<InProcessSubgraphs> => {
  const hosted = await Promise.all(names.map((name) => HOST[name]()));
  const urls = new Map(hosted.map(({ subgraph, paths }) => [subgraph.name, paths?.url]));
  const passThrough = Object.entries(OWN_PATHS).flatMap(([path, name]) => {
    const url = urls.get(name);
    return url === undefined ? [] : [[path, [url]] as const];
  });
  return {
    byName: new Map(hosted.map(({ subgraph }) => [subgraph.name, subgraph])),
    passThrough: Object.fromEntries(passThrough),
    identityProviders: Object.fromEntries(hosted.flatMap(keySetOf)),
    close: async () => {
      await Promise.all(hosted.map(({ paths }) => paths?.stop()));
      await Promise.all(hosted.map(({ subgraph }) => subgraph.close()));
    },
  };
};
