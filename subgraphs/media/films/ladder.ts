/** A size that a film is packaged in. */
export interface Rung {
  /** Such as `720p`. */
  readonly name: string;
  /** In pixels; even, as encoders want it. */
  readonly width: number;
  readonly height: number;
  /** The most that its pictures take, in kilobits a second. */
  readonly maxRate: number;
}

/** By the shorter side, so that a film taken upright is as sharp as one taken lengthwise. */
const SIDES = [
  { side: 720, maxRate: 2_800 },
  { side: 540, maxRate: 1_600 },
  { side: 360, maxRate: 800 },
] as const;

/** In pixels; players and encoders fail below. */
const LEAST = 16;

/** The sizes of a film, the best first: none is larger than the film, unless all are. */
export const ladderOf = (film: { readonly width: number; readonly height: number }): Rung[] => {
  const own = Math.min(film.width, film.height);
  const sides = SIDES.filter(({ side }) => side <= own);
  const chosen = sides.length > 0 ? sides : [{ side: own, maxRate: 800 }];
  return chosen.map(({ side, maxRate }) => {
    const scale = side / own;
    return {
      name: `${side}p`,
      width: even(film.width * scale),
      height: even(film.height * scale),
      maxRate,
    };
  });
};

const even = (pixels: number): number => Math.max(LEAST, 2 * Math.round(pixels / 2));
