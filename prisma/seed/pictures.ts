import type { ClipName } from '../../subgraphs/media/clips.ts';
import type { Variant } from '../../subgraphs/media/drawing.ts';
import { PALETTE_NAMES, type PaletteName } from '../../subgraphs/media/palettes.ts';
import { looksOf } from '../../subgraphs/media/portraits.ts';
import { type Description, describe } from '../../subgraphs/media/sources.ts';
import type { Listing } from './listings.ts';
import { memberSince, type Person } from './people.ts';
import { type Random, randomFor } from './random.ts';

/** A picture or clip, and where it is shown. */
export interface Shown extends Description {
  readonly id: string;
  readonly alt: string;
  readonly posterId: string | null;
  readonly createdAt: Date;
  /** Null for the still of a clip, which only the clip shows. */
  readonly place: Place | null;
}

interface Place {
  readonly ownerKind: 'PRODUCT' | 'USER';
  readonly ownerId: string;
  readonly position: number;
}

/** What a thing of that colour is drawn in; two of each, so that a second room has the same thing. */
const PALETTES_BY_COLOUR: readonly (readonly [RegExp, PaletteName, PaletteName])[] = [
  [/black|dark blue|navy|raw/, 'ink', 'slate'],
  [/grey|silver|steel|slate|white|clear/, 'slate', 'ink'],
  [/red|cherry|burgundy|oxblood|rose/, 'cherry', 'mint'],
  [/green|olive|emerald|fern|khaki/, 'fern', 'lagoon'],
  [/celeste|turquoise/, 'lagoon', 'rose'],
  [/blue/, 'sky', 'sunflower'],
  [/brown|cognac|walnut|oak|beech|natural|terracotta|copper|rust|dark stained/, 'clay', 'apricot'],
  [/yellow|mustard|ochre|honey|brass|amber|sand|cream|ecru|beige/, 'brass', 'plum'],
  [/orange|brick/, 'apricot', 'mint'],
];

/** The clips that come with the media subgraph, and the leaf that each belongs to. */
const CLIPS: readonly { readonly name: ClipName; readonly icon: string; readonly alt: string }[] = [
  { name: 'spinning-record', icon: 'disc', alt: 'A record spinning on it' },
  { name: 'turning-wheel', icon: 'bicycle', alt: 'Its front wheel turning in a work stand' },
];

/** Everything that people and things show; the cover of a thing first, a clip last. */
export const createPictures = (
  people: readonly Person[],
  listings: readonly Listing[],
  now: Date,
): readonly Shown[] => {
  const random = randomFor('pictures');
  const portraits = people.map((person, index) => portraitOf(random, person, index, now));
  const scenes = listings.flatMap((listing) => scenesOf(random, listing));
  const pictures = [...portraits, ...scenes].map((picture, index) => ({
    ...picture,
    id: `image_${index + 1}`,
    posterId: null,
  }));
  return [...pictures, ...CLIPS.flatMap((clip, index) => clipOf(clip, index, pictures, listings))];
};

type Unnumbered = Omit<Shown, 'id' | 'posterId'>;

const portraitOf = (random: Random, person: Person, index: number, now: Date): Unnumbered => ({
  ...describe({ kind: 'portrait', looks: looksOf(index), palette: random.pick(PALETTE_NAMES) }),
  alt: `Portrait of ${person.displayName}`,
  createdAt: memberSince(person, now),
  place: { ownerKind: 'USER', ownerId: person.id, position: 0 },
});

const scenesOf = (random: Random, listing: Listing): readonly Unnumbered[] => {
  const [palette, otherRoom] = palettesFor(random, listing);
  const views: readonly (readonly [Variant, PaletteName, string])[] = [
    ['front', palette, listing.title],
    ['angle', palette, `${listing.title}, seen from the side`],
    ['detail', palette, `${listing.title}, close-up`],
    ['front', otherRoom, `${listing.title}, in another light`],
  ];
  const count = random.weighted([1, 2, 3, 4], (n) => 5 - Math.abs(n - 2.5));
  return views.slice(0, count).map(([variant, room, alt], position) => ({
    ...describe({ kind: 'drawn', icon: listing.icon, palette: room, variant }),
    alt,
    createdAt: listing.listedAt,
    place: { ownerKind: 'PRODUCT', ownerId: listing.id, position },
  }));
};

const palettesFor = (
  random: Random,
  { attributes }: Listing,
): readonly [PaletteName, PaletteName] => {
  const colour = attributes.find(({ name }) => name === 'Colour' || name === 'Finish')?.value ?? '';
  const [, one, other] = PALETTES_BY_COLOUR.find(([pattern]) => pattern.test(colour)) ?? [];
  if (one !== undefined && other !== undefined) return [one, other];
  return [random.pick(PALETTE_NAMES), random.pick(PALETTE_NAMES)];
};

/** A clip and its still, shown by the newest thing of its kind that has a picture for a cover. */
const clipOf = (
  { name, icon, alt }: (typeof CLIPS)[number],
  index: number,
  pictures: readonly Shown[],
  listings: readonly Listing[],
): readonly Shown[] => {
  const listing = listings.findLast((each) => each.icon === icon);
  if (listing === undefined) return [];
  const position = pictures.filter(({ place }) => place?.ownerId === listing.id).length;
  const still = { id: `image_${pictures.length + index + 1}`, createdAt: listing.listedAt };
  return [
    { ...describe({ kind: 'still', name }), ...still, alt, posterId: null, place: null },
    {
      ...describe({ kind: 'clip', name }),
      id: `video_${index + 1}`,
      alt,
      posterId: still.id,
      createdAt: listing.listedAt,
      place: { ownerKind: 'PRODUCT', ownerId: listing.id, position },
    },
  ];
};
