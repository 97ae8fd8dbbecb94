import { isServiceWith } from '../../../contract/viewer.ts';
import type { MutationResolvers } from '../../../generated/resolvers/media.ts';
import { clientError } from '../../kit/errors.ts';
import { isId } from '../../kit/ids.ts';
import { NOT_SIGNED_IN, type Outcome, problem, within } from '../../kit/outcomes.ts';
import type { Context } from '../context.ts';
import type { Check, MediaErrorCode } from '../errors.ts';
import type { ListingTold } from '../listing-store.ts';
import type { MediaItem } from '../media.ts';
import { beginUpload, checkAlt } from '../uploads/begin.ts';
import { completeUpload } from '../uploads/complete.ts';

export const Mutation: MutationResolvers<Context> = {
  beginUpload: async (_root, { input }, { workshop, links, publicUrl, viewerId }) => {
    const desk = { uploads: workshop.uploads, links, publicUrl };
    const outcome = await beginUpload(desk, viewerId, input);
    return outcome.done
      ? { upload: outcome.result, userErrors: [] }
      : { upload: null, userErrors: outcome.userErrors };
  },

  completeUpload: async (_root, { input: { uploadId } }, { workshop, viewerId }) =>
    payload(await completeUpload(workshop, viewerId, uploadId)),

  changeMediaAlt: async (_root, { input: { mediaId, alt } }, { store, viewerId }) => {
    if (viewerId === null) return { media: null, userErrors: NOT_SIGNED_IN };
    const userErrors: Check = within(['input'], checkAlt(alt));
    if (userErrors.length > 0) return { media: null, userErrors };
    const media = await store.changeAlt(mediaId, viewerId, alt);
    return { media, userErrors: media === null ? NOT_YOURS : [] };
  },

  recordProductMedia: async (_root, { input }, { listings, viewer, log }) => {
    if (!isServiceWith(viewer, 'media:facts')) throw clientError('FORBIDDEN');
    checkListing(input);
    const recorded = await listings.record(input);
    const { productId, mediaIds } = input;
    const leftOut = mediaIds.filter((id) => !recorded.mediaIds.includes(id));
    if (recorded.isNew && leftOut.length > 0) {
      log.warn({ productId, leftOut }, 'an item shows nothing that is not its seller’s');
    }
    return recorded;
  },
};

const NOT_YOURS = problem('NOT_FOUND', ['input', 'mediaId'], 'You have uploaded no such thing.');

const payload = (outcome: Outcome<MediaItem, MediaErrorCode>) =>
  outcome.done
    ? { media: outcome.result, userErrors: [] }
    : { media: null, userErrors: outcome.userErrors };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const MAX_SHOWN = 12;

/** Services make no such mistakes, so that they are told as errors. */
const checkListing = ({ eventId, productId, sellerId, mediaIds }: ListingTold): void => {
  if (!UUID.test(eventId)) throw clientError('BAD_USER_INPUT', '`eventId` is a UUID.');
  if (!isId('product', productId) || !isId('user', sellerId)) {
    throw clientError('BAD_USER_INPUT', '`productId` or `sellerId` is no id of its kind.');
  }
  if (mediaIds.length > MAX_SHOWN) {
    throw clientError('BAD_USER_INPUT', `An item shows at most ${MAX_SHOWN}.`);
  }
};
