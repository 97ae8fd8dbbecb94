import type { Resolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';
import { Image } from './image.ts';
import { Media } from './media.ts';
import { Mutation } from './mutation.ts';
import { Product } from './product.ts';
import { Query } from './query.ts';
import { User } from './user.ts';
import { Video } from './video.ts';

export const resolvers = {
  Image,
  Media,
  Mutation,
  Product,
  Query,
  User,
  Video,
} satisfies Resolvers<Context>;
