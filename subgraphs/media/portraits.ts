import { PALETTES, type PaletteName } from './palettes.ts';

/** How a drawn person wears their hair. */
export type Hair = 'bob' | 'bun' | 'curls' | 'long' | 'none' | 'parted' | 'short';

const HAIRS: readonly Hair[] = ['bob', 'bun', 'curls', 'long', 'none', 'parted', 'short'];

/** The looks of a drawn person. */
export interface Looks {
  readonly hair: Hair;
  /** Of the hair; an index of `HAIR_COLOURS`. */
  readonly hairColour: number;
  /** Of the skin; an index of `SKIN_TONES`. */
  readonly skin: number;
  readonly glasses: boolean;
}

/** Side of a drawn portrait, in pixels. */
export const PORTRAIT_SIDE = 640;

/** Skin in light and in shade. */
const SKIN_TONES: readonly (readonly [string, string])[] = [
  ['#fbe0cf', '#efc3a8'],
  ['#f3cba8', '#e0aa80'],
  ['#dfa878', '#c4864f'],
  ['#b97a4e', '#995c33'],
  ['#8a5536', '#6c3e25'],
  ['#6f4733', '#553323'],
];

const HAIR_COLOURS: readonly string[] = [
  '#1e1a1c',
  '#3d2618',
  '#6b3f22',
  '#a8642c',
  '#d9a657',
  '#9b9a9c',
];

/** Of eyes, mouth and glasses: dark enough for every skin. */
const FEATURES = '#1a1012';

/** Drawn behind the head. */
const HAIR_BEHIND: Record<Hair, string> = {
  bob: '<path d="M168 300c-14-150 60-214 152-214s166 64 152 214c-4 50-16 92-28 118H196c-12-26-24-68-28-118Z"/>',
  bun: '<circle cx="320" cy="86" r="62"/>',
  curls:
    '<circle cx="208" cy="196" r="70"/><circle cx="266" cy="130" r="74"/><circle cx="352" cy="120" r="78"/><circle cx="428" cy="186" r="72"/><circle cx="448" cy="268" r="54"/><circle cx="192" cy="276" r="54"/>',
  long: '<path d="M166 290c-10-140 62-206 154-206s164 66 154 206c-4 90 8 170 26 226H140c18-56 30-136 26-226Z"/>',
  none: '',
  parted: '<path d="M186 290c-18-130 50-196 134-196s152 66 134 196Z"/>',
  short: '<path d="M190 268c-14-112 46-172 130-172s144 60 130 172Z"/>',
};

/** Drawn over the forehead. */
const HAIR_BEFORE: Record<Hair, string> = {
  bob: '<path d="M186 300c-4-96 42-172 134-172s138 76 134 172c-26-52-60-76-134-76s-108 24-134 76Z"/>',
  bun: '<path d="M188 274c-2-92 46-144 132-144s134 52 132 144c-26-58-66-78-132-78s-106 20-132 78Z"/>',
  curls:
    '<circle cx="240" cy="182" r="38"/><circle cx="300" cy="164" r="44"/><circle cx="368" cy="170" r="42"/><circle cx="416" cy="206" r="32"/>',
  long: '<path d="M186 320c-10-118 40-194 134-194s144 76 134 194c-14-66-54-106-120-142-42 46-128 72-148 142Z"/>',
  none: '',
  parted:
    '<path d="M188 282c-8-98 44-154 136-154 86 0 134 56 128 154-18-46-62-74-156-90-24 40-84 46-108 90Z"/>',
  short:
    '<path d="M188 264c-6-86 44-136 132-136s138 50 132 136c-18-32-42-54-66-60-50 12-98 10-134-4-26 10-46 32-64 64Z"/>',
};

const GLASSES = `<g fill="none" stroke="${FEATURES}" stroke-width="9"><circle cx="268" cy="302" r="42"/><circle cx="372" cy="302" r="42"/><path d="M310 298q10-8 20 0M226 296l-30-8M414 296l30-8"/></g>`;

/**
 * A person before a plain ground as SVG, square. The same arguments give the same text.
 *
 * @param side in pixels
 */
export const drawPortrait = (
  looks: Looks,
  paletteName: PaletteName,
  side: number = PORTRAIT_SIDE,
): string => {
  const { wall, shape, body, highlight } = PALETTES[paletteName];
  const [light, shade] = of(SKIN_TONES, looks.skin);
  const hair = of(HAIR_COLOURS, looks.hairColour);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 640 640">
<defs>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${wall[1]}"/><stop offset="1" stop-color="${shape}"/></linearGradient>
<linearGradient id="coat" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${body[0]}"/><stop offset="1" stop-color="${body[1]}"/></linearGradient>
<linearGradient id="skin" x1="0" y1="0" x2="1" y2="1"><stop offset="0.3" stop-color="${light}"/><stop offset="1" stop-color="${shade}"/></linearGradient>
</defs>
<rect width="640" height="640" fill="url(#wall)"/>
<circle cx="150" cy="120" r="260" fill="${highlight}" opacity="0.28"/>
<g fill="${hair}">${HAIR_BEHIND[looks.hair]}</g>
<path d="M64 700c0-150 96-206 256-206s256 56 256 206Z" fill="url(#coat)"/>
<path d="M258 400h124v96c0 40-28 66-62 66s-62-26-62-66Z" fill="${shade}"/>
<path d="M226 506c14 66 52 94 94 94s80-28 94-94l44 14c-16 84-70 132-138 132s-122-48-138-132Z" fill="${highlight}" opacity="0.9"/>
<circle cx="192" cy="298" r="28" fill="${shade}"/><circle cx="448" cy="298" r="28" fill="${shade}"/>
<path d="M196 256c0-76 52-118 124-118s124 42 124 118v70c0 78-56 136-124 136s-124-58-124-136Z" fill="url(#skin)"/>
<g fill="${hair}">${HAIR_BEFORE[looks.hair]}</g>
<g fill="${FEATURES}"><circle cx="270" cy="302" r="12"/><circle cx="370" cy="302" r="12"/></g>
<path d="M276 372q44 42 88 0" fill="none" stroke="${FEATURES}" stroke-width="11" stroke-linecap="round"/>
${looks.glasses ? GLASSES : ''}
</svg>`;
};

/** The looks number `n`, of a sequence in which neighbours differ; for whoever deals them out. */
export const looksOf = (n: number): Looks => ({
  hair: of(HAIRS, n),
  hairColour: (n * 5) % HAIR_COLOURS.length,
  skin: (n * 5 + Math.floor(n / 3)) % SKIN_TONES.length,
  glasses: n % 4 === 1,
});

const of = <T>(list: readonly T[], n: number): T => {
  const value = list[n % list.length];
  if (value === undefined) throw new RangeError(`There is no choice number ${n}.`);
  return value;
};
