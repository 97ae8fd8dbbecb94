import { numberOf } from './chance.ts';

const PICTURE = /\.(avif|gif|jpe?g|png|svg|webp)$/i;

/** The placeholder for a picture: its colour follows from its path. Null where the path is of no picture. */
export const pictureAt = (path: string): string | null => {
  if (!PICTURE.test(path)) return null;
  const hue = numberOf(path) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="hsl(${hue} 40% 75%)"/><path d="M0 3 1.5 1.2 2.4 2.2 3 1.6 4 3Z" fill="hsl(${hue} 40% 60%)"/></svg>`;
};
