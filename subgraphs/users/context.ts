import { type Caller, userIdOf, type Viewer } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { IssueAccessToken } from './access-tokens.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Store } from './store.ts';

/** What all requests share. */
export interface Tools {
  readonly store: Store;
  readonly issueAccessToken: IssueAccessToken;
  readonly log: Logger;
}

/** What the resolvers of one request share. */
export interface Context extends Tools {
  readonly viewer: Viewer;
  /** Null for a guest and for a service. */
  readonly viewerId: string | null;
  /** The session that the request belongs to; null where it belongs to none. */
  readonly sessionId: string | null;
  readonly clientAddress: string | null;
  readonly loaders: Loaders;
  /** Whether a password may still be tried or set in this request: true once. */
  readonly takePasswordTurn: () => boolean;
}

export const createContext = (tools: Tools, { viewer, clientAddress }: Caller): Context => ({
  ...tools,
  viewer,
  viewerId: userIdOf(viewer),
  sessionId: viewer.kind === 'user' ? viewer.sessionId : null,
  clientAddress,
  loaders: createLoaders(tools.store),
  takePasswordTurn: once(),
});

const once = (): (() => boolean) => {
  let taken = false;
  return () => {
    const isFirst = !taken;
    taken = true;
    return isFirst;
  };
};
