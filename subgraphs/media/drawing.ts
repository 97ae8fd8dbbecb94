import type { Icon } from './icons.ts';
import { PALETTES, type Palette, type PaletteName } from './palettes.ts';

/** From where the thing is seen. */
export type Variant = 'front' | 'angle' | 'detail';

export const VARIANTS: readonly Variant[] = ['front', 'angle', 'detail'];

/** Size of a drawn product picture, in pixels. */
export const SCENE = { width: 1280, height: 960 } as const;

/** Where the wall meets the floor, in pixels from the top. */
const HORIZON = 668;

/** Where the thing stands: the middle of its foot. */
const FOOT = { x: 640, y: 768 } as const;

/**
 * A product picture as SVG: a thing on a surface before a wall, lit from the upper left. The same
 * arguments give the same text.
 *
 * @param icon what stands there
 * @param width of the picture, in pixels; its height is three quarters of that
 */
export const drawScene = (
  icon: Icon,
  paletteName: PaletteName,
  variant: Variant,
  width: number = SCENE.width,
): string => {
  const palette = PALETTES[paletteName];
  const height = Math.round((width * SCENE.height) / SCENE.width);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${SCENE.width} ${SCENE.height}">
${definitions(palette)}
${room(palette, variant)}
${thing(icon, palette, variant)}
<rect width="1280" height="960" fill="url(#vignette)"/>
</svg>`;
};

const stops = (from: string, to: string): string =>
  `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/>`;

const definitions = ({ wall, floor, shape, body, line }: Palette): string => `<defs>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1">${stops(...wall)}</linearGradient>
<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1">${stops(...floor)}</linearGradient>
<linearGradient id="shape" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="${shape}"/><stop offset="1" stop-color="${shape}" stop-opacity="0.35"/></linearGradient>
<linearGradient id="body" gradientUnits="userSpaceOnUse" x1="48" y1="24" x2="208" y2="232">${stops(...body)}</linearGradient>
<linearGradient id="gloss" gradientUnits="userSpaceOnUse" x1="40" y1="16" x2="150" y2="150"><stop offset="0" stop-color="#fff" stop-opacity="0.5"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
<radialGradient id="light" cx="0.3" cy="0.12" r="0.75"><stop offset="0" stop-color="#fff" stop-opacity="0.55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
<radialGradient id="shadow"><stop offset="0" stop-color="${line}" stop-opacity="0.42"/><stop offset="0.55" stop-color="${line}" stop-opacity="0.16"/><stop offset="1" stop-color="${line}" stop-opacity="0"/></radialGradient>
<radialGradient id="vignette" cx="0.5" cy="0.48" r="0.75"><stop offset="0.7" stop-color="${line}" stop-opacity="0"/><stop offset="1" stop-color="${line}" stop-opacity="0.09"/></radialGradient>
<filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="7"/></filter>
</defs>`;

const room = (
  palette: Palette,
  variant: Variant,
): string => `<rect width="1280" height="960" fill="url(#wall)"/>
${ORNAMENTS[variant](palette)}
<rect y="${HORIZON}" width="1280" height="${SCENE.height - HORIZON}" fill="url(#floor)"/>
<rect width="1280" height="960" fill="url(#light)"/>`;

/** What hangs on the wall. */
const ORNAMENTS: Record<Variant, (palette: Palette) => string> = {
  front: () => '<circle cx="640" cy="420" r="352" fill="url(#shape)"/>',
  angle: ({ shape }) =>
    `<path d="M300 ${HORIZON}V420a300 300 0 0 1 600 0V${HORIZON}Z" fill="url(#shape)"/><circle cx="1050" cy="220" r="84" fill="${shape}" opacity="0.55"/>`,
  detail: ({ shape }) =>
    `<path d="M-40 ${HORIZON}L560 -40H980L380 ${HORIZON}Z" fill="url(#shape)"/><path d="M760 ${HORIZON}L1360 -40V${HORIZON}Z" fill="${shape}" opacity="0.25"/>`,
};

/** Where the icon's square is put: its lower edge's middle on the foot, then turned and scaled. */
const PLACEMENTS: Record<Variant, { scale: number; turn: string; shadow: number }> = {
  front: { scale: 2.7, turn: '', shadow: 330 },
  angle: { scale: 2.6, turn: 'rotate(-5) skewX(-7)', shadow: 350 },
  detail: { scale: 3.6, turn: 'translate(-20 30) rotate(6)', shadow: 520 },
};

const thing = (icon: Icon, palette: Palette, variant: Variant): string => {
  const { scale, turn, shadow } = PLACEMENTS[variant];
  const place = `translate(${FOOT.x} ${FOOT.y}) scale(${scale}) ${turn} translate(-128 -214)`;
  return `<ellipse cx="${FOOT.x + 40}" cy="${FOOT.y + 6}" rx="${shadow}" ry="${Math.round(shadow / 6)}" fill="url(#shadow)"/>
<g transform="translate(26 20) ${place}" filter="url(#soft)" opacity="0.22" fill="${palette.line}"><path d="${icon.silhouette}"/></g>
<g transform="${place}">
<path d="${icon.silhouette}" fill="${palette.highlight}"/>
<path d="${icon.body}" fill="url(#body)"/>
<path d="${icon.body}" fill="url(#gloss)"/>
<path d="${icon.line}" fill="${palette.line}"/>
</g>`;
};
