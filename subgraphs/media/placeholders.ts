import { PALETTES, type PaletteName } from './palettes.ts';
import type { Source } from './sources.ts';

/**
 * The blurred preview of a drawn picture as a `data:` URL of about 400 characters of SVG: its room
 * in its colours, with a blot where the thing is. It follows from the palette, so that a list of a
 * hundred pictures costs no drawing and no statement.
 *
 * Null for what is not drawn: photographs, stills and clips have theirs in their row.
 */
export const drawnPlaceholder = (source: Source): string | null => {
  if (source.kind === 'drawn') return asDataUrl(room(source.palette));
  if (source.kind === 'portrait') return asDataUrl(person(source.palette));
  return null;
};

const room = (name: PaletteName): string => {
  const { wall, floor, body } = PALETTES[name];
  return blurred(
    30,
    wall[1],
    `<path fill='${floor[0]}' d='M-9 21h58v18H-9'/><circle fill='${body[0]}' cx='20' cy='16' r='9'/>`,
  );
};

const person = (name: PaletteName): string => {
  const { shape, body } = PALETTES[name];
  return blurred(40, shape, `<ellipse fill='${body[0]}' cx='20' cy='44' rx='15' ry='26'/>`);
};

const blurred = (height: number, ground: string, shapes: string): string =>
  `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 ${height}'><filter id='b'><feGaussianBlur stdDeviation='3'/></filter><path fill='${ground}' d='M0 0h40v40H0'/><g filter='url(#b)'>${shapes}</g></svg>`;

/** Only what a URL in double quotes cannot hold is escaped: `encodeURIComponent` doubles the length. */
const asDataUrl = (svg: string): string =>
  `data:image/svg+xml,${svg.replace(/[<>#%"]/g, encodeURIComponent)}`;
