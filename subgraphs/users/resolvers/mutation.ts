import type { AddressInput, MutationResolvers } from '../../../generated/resolvers/users.ts';
import * as actions from '../actions.ts';
import type { Outcome } from '../errors.ts';

export const Mutation: MutationResolvers = {
  signUp: async (_root, { input }, { store }) =>
    payload('user', await actions.signUp(store, input)),

  logIn: async (_root, { input }, { store }) => payload('user', await actions.logIn(store, input)),

  updateProfile: async (_root, { input }, { store, viewerId }) =>
    payload(
      'user',
      await actions.updateProfile(store, viewerId, {
        displayName: input.displayName ?? undefined,
        handle: input.handle ?? undefined,
        sellerProfile: input.sellerProfile ?? undefined,
      }),
    ),

  addAddress: async (_root, { input }, { store, viewerId }) =>
    payload('address', await actions.addAddress(store, viewerId, addressOf(input))),

  updateAddress: async (_root, { id, input }, { store, viewerId }) =>
    payload('address', await actions.updateAddress(store, viewerId, id, addressOf(input))),

  removeAddress: async (_root, { id }, { store, viewerId }) =>
    payload('removedAddressId', await actions.removeAddress(store, viewerId, id)),
};

/** The shape that all payloads share: the result under its name, or null beside what is wrong. */
const payload = <Name extends string, Result>(name: Name, outcome: Outcome<Result>) => {
  const result = outcome.done ? outcome.result : null;
  return {
    // A computed key is typed as any string; it is `name`.
    ...({ [name]: result } as Record<Name, Result | null>),
    userErrors: outcome.done ? [] : [...outcome.userErrors],
  };
};

const addressOf = (input: AddressInput) => ({ ...input, postalCode: input.postalCode ?? null });
