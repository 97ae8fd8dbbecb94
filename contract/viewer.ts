/** What a person may do, beyond what everyone may. */
export type Role = 'buyer' | 'seller' | 'admin';

/** Who asks: nobody in particular, or a user by id. */
export type Viewer =
  | { readonly kind: 'guest' }
  | { readonly kind: 'user'; readonly id: string; readonly roles: readonly Role[] };

export const GUEST: Viewer = { kind: 'guest' };

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

/** The user who asks; null for a guest. */
export const userIdOf = (viewer: Viewer): string | null =>
  viewer.kind === 'user' ? viewer.id : null;
