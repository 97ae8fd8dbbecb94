import { str } from 'envalid';
import type { Mode, Values } from '../../process/settings.ts';
import type { Replicas } from '../transport/replicas.ts';
import { passThrough, trustedProxies } from './addresses.ts';
import { list } from './lists.ts';
import { outsideProduction, SWITCH } from './switch.ts';

/** What clients see, and where they may come from. */
export interface ClientSettings {
  /** Whether introspection, Sandbox and GraphiQL are served. */
  readonly explorer: boolean;
  /** Whether messages and codes of subgraphs that the catalogue does not know reach clients. */
  readonly showSubgraphErrors: boolean;
  /** Origins that browsers may call from, beside the router's own. */
  readonly corsOrigins: readonly string[];
  /** By path, such as `/media`: the origins that serve it. */
  readonly passThrough: Readonly<Record<string, Replicas<string>>>;
  /** Whose word is taken on where a request comes from: addresses and networks. */
  readonly trustedProxies: readonly string[];
}

export const clientSpecs = {
  EXPLORER: str({
    choices: SWITCH,
    default: 'auto',
    desc: 'introspection, Sandbox, GraphiQL and Explain; auto is on outside production',
  }),
  SUBGRAPH_ERRORS: str({
    choices: ['show', 'hide', 'auto'],
    default: 'auto',
    desc: 'show or hide messages of subgraphs whose code the router does not know; auto hides in production',
  }),
  CORS_ORIGINS: list({
    default: [],
    desc: 'origins whose pages may call, separated by commas; development adds Sandbox and localhost',
  }),
  PASS_THROUGH: passThrough({
    default: {},
    desc: 'paths that are streamed to a server, or servers, as they are: /media=http://host:port, separated by commas',
  }),
  TRUSTED_PROXIES: trustedProxies({
    default: [],
    desc: 'proxies whose x-forwarded-for tells the client’s address: addresses, networks, loopback, linklocal or uniquelocal, separated by commas',
  }),
} as const;

export const readClientSettings = (
  values: Values<typeof clientSpecs>,
  where: Mode,
): ClientSettings => ({
  explorer: outsideProduction(values.EXPLORER, 'on', where),
  showSubgraphErrors: outsideProduction(values.SUBGRAPH_ERRORS, 'show', where),
  corsOrigins: values.CORS_ORIGINS,
  passThrough: values.PASS_THROUGH,
  trustedProxies: values.TRUSTED_PROXIES,
});
