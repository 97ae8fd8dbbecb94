import { type Caller, scopesOf } from '../../contract/viewer.ts';

/** What a place of the schema asks of the viewer. */
export type Guard =
  /** Anybody but a guest. */
  | { readonly kind: 'authenticated' }
  /** All scopes of one of the lists. */
  | { readonly kind: 'scopes'; readonly anyOf: readonly (readonly string[])[] }
  /** All policies of one of the lists, which a program decides. */
  | { readonly kind: 'policies'; readonly anyOf: readonly (readonly string[])[] };

/** By type or field (`Type`, `Type.field`): its guards, all of which have to be met. */
export type Guards = Readonly<Record<string, readonly Guard[]>>;

/** Decides whether a policy of `@policy` holds for whoever asks. */
export type DecidePolicy = (policy: string, caller: Caller) => boolean;

/** A policy that nobody decides holds for nobody. */
export const NO_POLICY: DecidePolicy = () => false;

/** Two guards of the same name ask the same. */
export const guardName = (guard: Guard): string =>
  guard.kind === 'authenticated' ? guard.kind : `${guard.kind} ${JSON.stringify(guard.anyOf)}`;

/** Whether the caller meets it. */
export const isMet = (guard: Guard, caller: Caller, decidePolicy: DecidePolicy): boolean => {
  if (guard.kind === 'authenticated') return caller.viewer.kind !== 'guest';
  const holds =
    guard.kind === 'scopes'
      ? (scope: string) => scopesOf(caller.viewer).includes(scope)
      : (policy: string) => decidePolicy(policy, caller);
  return guard.anyOf.some((all) => all.every(holds));
};
