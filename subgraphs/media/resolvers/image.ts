import type { ImageResolvers } from '../../../generated/resolvers/media.ts';
import { clientError } from '../../kit/errors.ts';
import type { Context } from '../context.ts';
import { imagePath, renditionFor, renditionsFor, WIDTHS } from '../media.ts';

export const Image: ImageResolvers<Context> = {
  __resolveReference: async ({ id }, { loaders }) => {
    const item = await loaders.media.load(id);
    return item?.kind === 'IMAGE' ? item : null;
  },
  url: (picture, { width, format }, { urlOf }) => {
    checkWidth(width);
    return urlOf(picture, imagePath(picture, renditionFor(picture, width, format)));
  },
  renditions: (picture, { widths, format }, { urlOf }) => {
    if (widths.length > WIDTHS.length) {
      throw clientError('BAD_USER_INPUT', `Ask for at most ${WIDTHS.length} widths.`);
    }
    widths.forEach(checkWidth);
    return renditionsFor(picture, widths, format).map((each) => ({
      url: urlOf(picture, imagePath(picture, each)),
      width: each.width,
      height: each.height,
      format: each.format,
    }));
  },
};

const checkWidth = (width: number): void => {
  if (width < 1) throw clientError('BAD_USER_INPUT', `\`width\` is ${width}; it is at least 1.`);
};
