import type { VideoResolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';
import { masterPath, videoPath } from '../media.ts';

export const Video: VideoResolvers<Context> = {
  __resolveReference: async ({ id }, { loaders }) => {
    const item = await loaders.media.load(id);
    return item?.kind === 'VIDEO' ? item : null;
  },
  url: (film, _args, { urlOf }) => urlOf(film, videoPath(film)),
  poster: async ({ posterId }, _args, { loaders }) => {
    const item = posterId === null ? null : await loaders.media.load(posterId);
    return item?.kind === 'IMAGE' ? item : null;
  },
  status: ({ packaging }) => packaging.status,
  progress: ({ packaging }) => packaging.progress,
  hlsUrl: (film, _args, { urlOf }) => {
    const path = masterPath(film);
    return path === null ? null : urlOf(film, path);
  },
};
