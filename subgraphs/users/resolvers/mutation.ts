import type { AddressInput, MutationResolvers } from '../../../generated/resolvers/users.ts';
import { problem, refused } from '../../kit/outcomes.ts';
import * as actions from '../actions.ts';
import type { Context } from '../context.ts';
import type { AccountError, Outcome } from '../errors.ts';
import { changePassword, deleteMyAccount } from '../password-actions.ts';
import * as sessions from '../session-actions.ts';

export const Mutation: MutationResolvers = {
  signUp: async (_root, { input }, context) =>
    signedIn(await oncePerRequest(context, () => sessions.signUpAndIn(context, input))),

  logIn: async (_root, { input }, context) =>
    signedIn(await oncePerRequest(context, () => sessions.logIn(context, input))),

  refreshSession: async (_root, { input }, context) =>
    signedIn(await sessions.refreshSession(context, input.refreshToken)),

  logOut: async (_root, { input }, context) =>
    payload('endedSessionId', await sessions.logOut(context, input.refreshToken)),

  logOutEverywhere: async (_root, _args, context) =>
    payload('endedSessionIds', await sessions.logOutEverywhere(context)),

  endSession: async (_root, { id }, context) =>
    payload('endedSessionId', await sessions.endSession(context, id)),

  changePassword: async (_root, { input }, context) =>
    payload('user', await oncePerRequest(context, () => changePassword(context, input))),

  deleteMyAccount: async (_root, { input }, context) =>
    payload(
      'deletedUserId',
      await oncePerRequest(context, () => deleteMyAccount(context, input.password)),
    ),

  updateProfile: async (_root, { input }, { store, viewerId }) =>
    payload(
      'user',
      await actions.updateProfile(store, viewerId, {
        displayName: input.displayName ?? undefined,
        handle: input.handle ?? undefined,
        sellerProfile: input.sellerProfile ?? undefined,
      }),
    ),

  changePreferences: async (_root, { input }, { store, viewerId }) =>
    payload(
      'preferences',
      await actions.changePreferences(store, viewerId, {
        language: input.language ?? undefined,
        currency: input.currency ?? undefined,
        wantsOrderEmails: input.wantsOrderEmails ?? undefined,
        wantsNewsEmails: input.wantsNewsEmails ?? undefined,
      }),
    ),

  addAddress: async (_root, { input }, { store, viewerId }) =>
    payload('address', await actions.addAddress(store, viewerId, addressOf(input))),

  updateAddress: async (_root, { id, input }, { store, viewerId }) =>
    payload('address', await actions.updateAddress(store, viewerId, id, addressOf(input))),

  removeAddress: async (_root, { id }, { store, viewerId }) =>
    payload('removedAddressId', await actions.removeAddress(store, viewerId, id)),
};

/** Passwords are dear to check, and a request with a hundred of them would be a guess each. */
const oncePerRequest = async <Result>(
  { takePasswordTurn }: Context,
  act: () => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> =>
  takePasswordTurn()
    ? act()
    : refused(problem('INVALID', null, 'A request takes one password; send another request.'));

/** The shape that all payloads share: the result under its name, or null beside what is wrong. */
const payload = <Name extends string, Result>(name: Name, outcome: Outcome<Result>) => {
  const result = outcome.done ? outcome.result : null;
  return {
    // A computed key is typed as any string; it is `name`.
    ...({ [name]: result } as Record<Name, Result | null>),
    userErrors: userErrorsOf(outcome),
  };
};

const signedIn = (outcome: Outcome<sessions.SignedIn>) => ({
  ...(outcome.done ? outcome.result : { user: null, credentials: null }),
  userErrors: userErrorsOf(outcome),
});

const userErrorsOf = (outcome: Outcome<unknown>): AccountError[] =>
  outcome.done ? [] : [...outcome.userErrors];

const addressOf = (input: AddressInput) => ({ ...input, postalCode: input.postalCode ?? null });
