import type { Variables } from './asking.ts';
import type { Belongings } from './people.ts';

/**
 * A mutation asked for something of the owner's by others, and what they are told; null where it only
 * does something of their own.
 */
export interface Attempt {
  readonly variables: (belongings: Belongings) => Variables;
  readonly guest: string | null;
  readonly stranger: string | null;
}

/** Nobody but a signed-in user does it, and a user can only name what is theirs. */
const ownOnly = (variables: Attempt['variables']): Attempt => ({
  variables,
  guest: 'UNAUTHENTICATED',
  stranger: null,
});

/** It names something, and that is not there for anybody but its owner. */
const theirsOnly = (variables: Attempt['variables'], stranger = 'NOT_FOUND'): Attempt => ({
  variables,
  guest: 'UNAUTHENTICATED',
  stranger,
});

const open = (variables: Attempt['variables'], code: string | null, stranger = code): Attempt => ({
  variables,
  guest: code,
  stranger,
});

const address = {
  recipient: 'Basil',
  lines: ['Basil street 2'],
  city: 'Basil town',
  countryCode: 'FR',
};
const price = { amount: '3.00', currencyCode: 'EUR' };
const goods = {
  title: 'A chair of basil',
  description: 'As it is.',
  condition: 'GOOD',
  price,
  categorySlug: 'nowhere',
};

/** Every mutation that clients may ask for. */
export const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  createGuestCart: open(() => ({}), null),
  addToCart: ownOnly(({ item }) => ({ input: { productId: item, priceSeen: price } })),
  changeCartLine: theirsOnly(({ cart }) => ({ input: { lineId: cart.lineId, quantity: 2 } })),
  removeCartLine: theirsOnly(({ cart }) => ({ input: { lineId: cart.lineId } })),
  clearCart: ownOnly(() => ({ input: {} })),
  mergeCart: theirsOnly(({ cart }) => ({ input: { token: cart.id } })),
  checkout: {
    // The owner's address and the owner's key, by which nothing of the owner's is found.
    variables: ({ owner, orderKey, item }) => ({
      input: {
        idempotencyKey: orderKey,
        addressId: owner.addressId,
        paymentMethod: 'card_approved',
        items: [{ productId: item, quantity: 1, expectedPrice: price }],
      },
    }),
    guest: 'UNAUTHENTICATED',
    stranger: 'ADDRESS_MISSING',
  },
  cancelOrder: theirsOnly(({ order }) => ({ input: { orderId: order } })),
  cancelShipment: theirsOnly(({ orderShipment }) => ({ input: { shipmentId: orderShipment } })),
  markShipped: theirsOnly(({ orderShipment }) => ({ input: { shipmentId: orderShipment } })),
  markReceived: theirsOnly(({ orderShipment }) => ({ input: { shipmentId: orderShipment } })),
  refundShipment: theirsOnly(({ orderShipment }) => ({
    input: { shipmentId: orderShipment, amount: price, idempotencyKey: 'refund for basil' },
  })),

  // There is no such category, so that nothing is listed.
  listProduct: theirsOnly(() => ({ input: goods })),
  draftProduct: ownOnly(() => ({ input: { title: goods.title } })),
  publishProduct: theirsOnly(({ draft }) => ({ id: draft })),
  editProduct: theirsOnly(({ item }) => ({ id: item, input: { title: 'Of basil' } }), 'FORBIDDEN'),
  withdrawProduct: theirsOnly(({ item }) => ({ id: item }), 'FORBIDDEN'),
  relistProduct: theirsOnly(({ item }) => ({ id: item, quantity: 1 }), 'FORBIDDEN'),

  beginUpload: ownOnly(() => ({ input: { kind: 'IMAGE', bytes: 100, alt: 'Of basil' } })),
  completeUpload: theirsOnly(({ upload }) => ({ input: { uploadId: upload } })),
  changeMediaAlt: theirsOnly(({ picture }) => ({ input: { mediaId: picture, alt: 'Of basil' } })),

  recordEvents: {
    variables: ({ item }) => ({
      events: [{ kind: 'VIEWED', productId: item, clientEventId: 'basil-looked' }],
    }),
    guest: 'UNAUTHENTICATED',
    stranger: null,
  },

  signUp: open(
    ({ owner }) => ({
      input: {
        email: owner.email,
        password: 'a password of their own',
        handle: 'somebody-else',
        displayName: 'Somebody',
      },
    }),
    'EMAIL_TAKEN',
  ),
  logIn: open(
    ({ owner, stranger }) => ({ input: { email: owner.email, password: stranger.password } }),
    'CREDENTIALS_WRONG',
  ),
  refreshSession: open(({ owner }) => ({ input: { refreshToken: owner.token } }), 'SESSION_ENDED'),
  logOut: open(({ owner }) => ({ input: { refreshToken: owner.token } }), 'SESSION_ENDED'),
  logOutEverywhere: ownOnly(() => ({})),
  endSession: theirsOnly(({ sessionId }) => ({ id: sessionId })),
  changePassword: theirsOnly(
    ({ owner }) => ({
      input: { currentPassword: owner.password, newPassword: 'a password of their own' },
    }),
    'CREDENTIALS_WRONG',
  ),
  changePreferences: ownOnly(() => ({ input: { language: 'la' } })),
  deleteMyAccount: theirsOnly(
    ({ owner }) => ({ input: { password: owner.password } }),
    'CREDENTIALS_WRONG',
  ),
  updateProfile: theirsOnly(({ owner }) => ({ input: { handle: owner.handle } }), 'HANDLE_TAKEN'),
  addAddress: ownOnly(() => ({ input: address })),
  updateAddress: theirsOnly(({ owner }) => ({ id: owner.addressId, input: address })),
  removeAddress: theirsOnly(({ owner }) => ({ id: owner.addressId })),
};
