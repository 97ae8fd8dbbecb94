import type { ServiceName } from './service-token.ts';

/** What a person may do, beyond what everyone may; a scope of the same name stands in their tokens. */
export type Role = 'buyer' | 'seller' | 'admin';

/** Who asks: nobody in particular, a user, or another service of the market. */
export type Viewer =
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'user';
      readonly id: string;
      /** What they may do: roles of the market, or whatever another issuer of tokens says. */
      readonly scopes: readonly string[];
      /** The session that their token belongs to; null where it belongs to none. */
      readonly sessionId: string | null;
    }
  | {
      readonly kind: 'service';
      readonly name: ServiceName;
      readonly scopes: readonly string[];
    };

export const GUEST: Viewer = { kind: 'guest' };

const NO_SCOPES: readonly string[] = [];

/** What the viewer may do; nothing for a guest. */
export const scopesOf = (viewer: Viewer): readonly string[] =>
  viewer.kind === 'guest' ? NO_SCOPES : viewer.scopes;

/** Whether the viewer is a service that may do this. */
export const isServiceWith = (viewer: Viewer, scope: string): boolean =>
  viewer.kind === 'service' && viewer.scopes.includes(scope);

/** What the router tells a subgraph about the client behind a request. */
export interface Caller {
  readonly viewer: Viewer;
  /** The client's IP address as the router saw it, or null where there is no client. */
  readonly clientAddress: string | null;
}

const texts = new WeakMap<Caller, string>();

/** A caller as JSON text, made once: a request asks many subgraphs for the same one. */
export const callerText = (caller: Caller): string => {
  const known = texts.get(caller);
  if (known !== undefined) return known;
  const text = JSON.stringify(caller);
  texts.set(caller, text);
  return text;
};

/** The user who asks; null for a guest and for a service. */
export const userIdOf = (viewer: Viewer): string | null =>
  viewer.kind === 'user' ? viewer.id : null;
