import { SettingsError } from '../../process/settings.ts';
import type { Category, CategoryTree } from '../../subgraphs/catalog/categories.ts';
import { wordPattern } from './words.ts';

/** Words that tell where a thing belongs; the first rule that finds one of its words decides. */
const RULES: readonly (readonly [slug: string, words: string])[] = [
  ['film-cameras', 'film camera|polaroid'],
  ['digital-cameras', 'camera|camcorder'],
  ['lenses', 'lens|objective'],
  ['turntables', 'turntable|record player|cassette deck|walkman'],
  ['vinyl', 'vinyl|lp'],
  ['headphones', 'headphone|earphone|headset'],
  ['amplifiers-speakers', 'speaker|amplifier|receiver|radio'],
  ['guitars', 'guitar|ukulele|bass'],
  ['keyboards-synths', 'synthesizer|synthesiser|piano|organ'],
  ['laptops', 'laptop|notebook computer|tablet computer|macbook|thinkpad|ipad'],
  ['keyboards-mice', 'keyboard|computer mouse|trackball|mouse mat|mousemat'],
  ['monitors-parts', 'monitor|hard drive|graphics card|usb'],
  ['helmets-parts', 'helmet|saddle|bicycle bell|bike bell|bicycle light|puncture'],
  ['road-bikes', 'road bike|gravel bike|racing bicycle'],
  ['city-bikes', 'bicycle|bike'],
  [
    'board-games',
    'game|puzzle|jigsaw|dominoes|ludo|chess|playing card|snakes and ladders|bingo|quiz',
  ],
  ['building-toys', 'building block|lego|construction set|model kit'],
  [
    'stationery',
    'card|wrap|paper|notebook|pen|pencil|sticker|tissue|envelope|postcard|sketchbook|ruler|eraser|rubber|tape|journal|address book|diary|chalk|stamp|invite|invitation|stationery|crayon|scissor|gift tag|calendar|memo|writing set',
  ],
  [
    'garden',
    'garden|gardening|watering|plant|planter|seed|flower pot|flowerpot|herb|greenhouse|trowel|parasol|bird house|birdhouse|bird feeder|bird table|hammock|picnic|zinc bucket|hose|lawn',
  ],
  ['coffee-tea', 'coffee|espresso|teapot|tea pot|cafetiere|tea caddy|tea cosy|tea set|tea infuser'],
  ['lamps', 'lamp|lampshade|lamp shade|chandelier|night light|led light|bulb|torch'],
  [
    'cookware',
    'cake tin|baking|bakeware|oven|knife|rolling pin|measuring|mould|cake case|recipe|kitchen scale|cookie cutter|apron|pan|casserole|colander|whisk|tea towel|chopping board|pantry',
  ],
  [
    'bags-accessories',
    'bag|purse|necklace|bracelet|earring|ring|umbrella|scarf|wallet|luggage|suitcase|hair|brooch|watch|bangle|handbag|tote|backpack|rucksack|sunglasses|hat|belt|glove|compact mirror|sombrero',
  ],
  [
    'wooden-toys-dolls',
    'doll|dolly|toy|teddy|skittle|puppet|soldier|spinning top|rocking horse|babushka|feltcraft|soft toy|marble|skipping rope|kids|child|childrens|baby',
  ],
  [
    'tableware',
    'mug|cup|saucer|plate|bowl|glass|cutlery|jug|tray|napkin|coaster|tumbler|dish|bottle|jar|spoon|fork|doily|doilies|placemat|cakestand|cake stand|straw|flask|decanter|goblet|toast rack|butter|lunch box|snack box|tablecloth|teacup',
  ],
  [
    'shelves-storage',
    'drawer|cabinet|shelf|shelves|storage|hook|hanger|box|boxes|basket|chest|rack|bookcase|crate|tidy|bin|trunk',
  ],
  ['tables-desks', 'side table|coffee table|desk|dining table'],
  ['chairs', 'chair|armchair|stool|bench'],
  ['dresses-skirts', 'dress|skirt'],
  ['jackets-coats', 'jacket|coat|raincoat|poncho|outwear'],
  ['trousers-jeans', 'trousers|pants|jeans|shorts|leggings'],
  ['knitwear', 'shirt|t-shirt|tee|sweater|jumper|cardigan|longsleeve|pullover'],
  ['boots', 'boot|brogue|loafer|heels'],
  ['sneakers', 'sneaker|trainers|shoe|slipper'],
  ['hand-tools', 'screwdriver|hammer|wrench|pliers|chisel|tool|tool kit|saw|spirit level'],
  ['power-tools', 'drill|sander|grinder|jigsaw tool'],
  ['cookbooks', 'cookbook|cookery book'],
  ['comics', 'comic|manga|graphic novel'],
  ['novels', 'book|novel|paperback|hardback'],
];

const PATTERNS = RULES.map(([slug, words]) => [slug, wordPattern(words)] as const);

/** Where things go whose titles say nothing. */
const FALLBACK = 'decoration';

/** Finds the category of an item from what its row says and from its title. */
export type Guess = (item: { readonly title: string; readonly category: string }) => string;

/**
 * How categories are found in this tree.
 *
 * @param forced the category that everything goes to
 * @returns a function that gives the slug of a category without children
 * @throws SettingsError where the forced category, or that for the rest, is not there
 */
export const createGuess = (tree: CategoryTree, forced: string | undefined): Guess => {
  if (forced !== undefined) {
    const { slug } = requireLeaf(tree, forced, `--category ${forced}`);
    return () => slug;
  }
  const fallback = requireLeaf(tree, FALLBACK, `the category for the rest, ${FALLBACK},`).slug;
  const rules = PATTERNS.filter(([slug]) => isLeaf(tree, tree.bySlug(slug)));
  const named = leavesByName(tree);
  return ({ title, category }) => {
    const said = named.get(category.toLowerCase());
    if (said !== undefined) return said;
    const [slug = fallback] = rules.find(([, pattern]) => pattern.test(title)) ?? [];
    return slug;
  };
};

/** Slugs by slug and by name, in small letters. */
const leavesByName = (tree: CategoryTree): ReadonlyMap<string, string> => {
  const walk = (category: Category): readonly Category[] => {
    const children = tree.children(category.id);
    return children.length === 0 ? [category] : children.flatMap(walk);
  };
  const leaves = tree.roots.flatMap(walk);
  return new Map(
    leaves.flatMap(
      ({ slug, name }) =>
        [
          [slug, slug],
          [name.toLowerCase(), slug],
        ] as const,
    ),
  );
};

const isLeaf = (tree: CategoryTree, category: Category | null): boolean =>
  category !== null && tree.children(category.id).length === 0;

const requireLeaf = (tree: CategoryTree, slug: string, what: string): Category => {
  const category = tree.bySlug(slug);
  if (category === null) {
    throw new SettingsError(
      tree.roots.length === 0
        ? 'The catalogue has no categories yet: npm start makes them'
        : `${what} is not in the catalogue: name one that is with --category <slug>`,
    );
  }
  const [child] = tree.children(category.id);
  if (child === undefined) return category;
  throw new SettingsError(
    `${what} has categories below it, such as ${child.slug}: choose one of those with --category`,
  );
};
