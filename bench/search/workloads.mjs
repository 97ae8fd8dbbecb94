import { wordOf } from './goods.mjs';

const PAGE = `nodes { id title condition price { amount currencyCode } listedAt availability }
  pageInfo { hasNextPage endCursor }`;

const FACETS = `totalCount facets { isApproximate
  categories { category { slug name } count } brands { brand count }
  conditions { condition count } priceRanges { from { amount } below { amount } count } }`;

const document = (/** @type {string} */ selection) =>
  `query Search($filter: ProductFilter, $sort: ProductSort, $after: String) {
    products(first: 20, filter: $filter, sort: $sort, after: $after) { ${selection} } }`;

/** In every tenth item or more of them, in some, in hardly any. */
const COMMON = ['camera', 'black', 'used', 'works', 'new', 'wooden', 'leather', 'perfect'];
const USUAL = ['nikon', 'leica', 'jacket', 'vinyl', 'saddle', 'lamp', 'piano', 'chair'];
const RARE = Array.from({ length: 40 }, (_, index) => wordOf(1_000 + 997 * index));
const PAIRS = [
  'black camera',
  'leather jacket',
  'nikon lens',
  'wooden chair',
  'used bicycle',
  'perfect lamp',
];
const BEGINNINGS = ['cam', 'le', 'wood', 'bl', 'per', 'jack', 'nik', 'st'];
const TYPOS = ['camrea', 'leathr', 'nikkon', 'jaket', 'bicicle', 'wodden', 'pianno', 'lampp'];
const CATEGORIES = ['film-cameras', 'cameras', 'lenses', 'clothing', 'books', 'furniture', 'shoes'];
const DEPARTMENTS = ['cameras', 'clothing', 'books'];

const search = (/** @type {readonly string[]} */ words, /** @type {object} */ rest = {}) =>
  words.map((word) => ({ filter: { search: word }, ...rest }));

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} document
 * @property {readonly Readonly<Record<string, unknown>>[]} variables taken in turn
 * @property {number} [depth] how many pages down it is measured; the first where it is left out
 */

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  { name: 'newest, first page', document: document(PAGE), variables: [{}] },
  { name: 'newest, 50 pages down', document: document(PAGE), variables: [{}], depth: 50 },
  {
    name: 'category',
    document: document(PAGE),
    variables: CATEGORIES.map((slug) => ({ filter: { categories: [slug] } })),
  },
  {
    name: 'category, count and facets',
    document: document(`${PAGE} ${FACETS}`),
    variables: CATEGORIES.map((slug) => ({ filter: { categories: [slug] } })),
  },
  {
    name: 'everything, count and facets',
    document: document(`${PAGE} ${FACETS}`),
    variables: [{}],
  },
  { name: 'common word', document: document(PAGE), variables: search(COMMON) },
  {
    name: 'common word, 20 pages down',
    document: document(PAGE),
    variables: search(COMMON),
    depth: 20,
  },
  {
    name: 'common word, newest',
    document: document(PAGE),
    variables: search(COMMON, { sort: 'NEWEST' }),
  },
  {
    name: 'common word, cheapest',
    document: document(PAGE),
    variables: search(COMMON, { sort: 'PRICE_ASCENDING' }),
  },
  { name: 'usual word', document: document(PAGE), variables: search(USUAL) },
  { name: 'rare word', document: document(PAGE), variables: search(RARE) },
  { name: 'two words', document: document(PAGE), variables: search(PAIRS) },
  { name: 'beginning of a word', document: document(PAGE), variables: search(BEGINNINGS) },
  { name: 'typo', document: document(PAGE), variables: search(TYPOS) },
  {
    name: 'common word, count and facets',
    document: document(`${PAGE} ${FACETS}`),
    variables: search(COMMON),
  },
  {
    name: 'usual word, count and facets',
    document: document(`${PAGE} ${FACETS}`),
    variables: search(USUAL),
  },
  {
    name: 'price range',
    document: document(PAGE),
    variables: [
      { filter: { minPrice: '20', maxPrice: '30' } },
      { filter: { minPrice: '4000' } },
      { filter: { categories: ['lenses'], minPrice: '100', maxPrice: '110' } },
    ],
  },
  {
    name: 'cheapest, dearest',
    document: document(PAGE),
    variables: [
      { sort: 'PRICE_ASCENDING' },
      { sort: 'PRICE_DESCENDING' },
      ...DEPARTMENTS.map((slug) => ({ sort: 'PRICE_ASCENDING', filter: { categories: [slug] } })),
    ],
  },
];
