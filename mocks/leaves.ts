import { type GraphQLLeafType, isEnumType } from 'graphql';
import { pick } from './chance.ts';
import type { Hidden } from './hidden.ts';

/** What a made-up value follows from. */
export interface Leaf {
  readonly type: GraphQLLeafType;
  /** The type that has the field. */
  readonly owner: string;
  readonly field: string;
  /** Decides which of all possible values it is. */
  readonly number: number;
  readonly hidden?: Hidden;
}

/** How many things of a kind there are, so that what refers to them meets what is there: `product_1` to `product_50`. */
export const THINGS_OF_A_KIND = 50;

const DAY_MS = 86_400_000;
const PAST = Date.UTC(2026, 0, 1);
const FUTURE = Date.UTC(2036, 0, 1);

const ADJECTIVES = 'Amber,Brisk,Calm,Dusty,Early,Fine,Gentle,Heavy,Ivory,Jolly,Keen,Light'.split(
  ',',
);
const NOUNS =
  'Anchor,Basket,Candle,Drum,Engine,Feather,Garden,Harbour,Island,Jacket,Kettle,Lantern'.split(',');
const PEOPLE = 'Ada,Bela,Chika,Dov,Elif,Femi,Goran,Hana,Ines,Jun,Kofi,Lena'.split(',');

const words = (number: number): string =>
  `${pick(ADJECTIVES, number)} ${pick(NOUNS, Math.floor(number / 16))}`;
const slug = (number: number): string =>
  `${words(number).toLowerCase().replace(' ', '-')}-${number % 1_000}`;
const person = (number: number): string =>
  `${pick(PEOPLE, number)} ${pick(NOUNS, Math.floor(number / 16))}`;

/** What a text holds whose field is called so; the first that fits. */
const TEXTS: readonly (readonly [RegExp, (number: number) => string])[] = [
  [/e-?mail/i, (number) => `${slug(number)}@example.test`],
  [/(url|uri|href|link)$/i, (number) => `https://example.test/${slug(number)}`],
  [/slug|handle|username/i, slug],
  [/^(first|given)name$/i, (number) => String(pick(PEOPLE, number))],
  [/^(display|full|user|author)_?name$|recipient/i, person],
  [/currency/i, (number) => String(pick(['EUR', 'GBP', 'USD'], number))],
  [/country/i, (number) => String(pick(['DE', 'FR', 'IE', 'NL'], number))],
  [/city|location/i, (number) => String(pick(['Lyon', 'Ghent', 'Cork', 'Graz'], number))],
  [/language|locale/i, (number) => String(pick(['en', 'de', 'fr'], number))],
  [/phone/i, (number) => `+1 555 01${String(number % 100).padStart(2, '0')}`],
  [/mimetype|contenttype/i, () => 'application/octet-stream'],
  [/colou?r/i, (number) => `#${(number % 0xffffff).toString(16).padStart(6, '0')}`],
  [/token|secret|hash|fence|cursor/i, (number) => number.toString(16).padStart(8, '0')],
  [/(At|Date)$/, (number) => instant('', number)],
  [
    /description|text|biography|message|summary|body|comment/i,
    (number) => `${words(number)}, made up as an example: number ${number % 1_000}.`,
  ],
];

const text = (field: string, number: number): string =>
  (TEXTS.find(([name]) => name.test(field))?.[1] ?? words)(number);

/** What ends or expires does so some day; the rest was. */
const instant = (field: string, number: number): string => {
  const from = /expires|until|ends|due/i.test(field) ? FUTURE : PAST;
  return new Date(from + (number % (180 * DAY_MS))).toISOString();
};

const whole = (field: string, number: number): number => {
  if (/width|height/i.test(field)) return 320 + 160 * (number % 10);
  if (/percent|progress/i.test(field)) return number % 101;
  if (/quantity|days|rating/i.test(field)) return 1 + (number % 5);
  return 1 + (number % 100);
};

/** `orderItem_7` of an `OrderItem`, `seller_7` of a `sellerId`. */
const id = (owner: string, field: string, number: number): string => {
  const of = /^(.+?)_?ids?$/i.exec(field)?.[1] ?? owner;
  return idAt(of, 1 + (number % THINGS_OF_A_KIND));
};

/** The id of the thing of that kind that has this number. */
export const idAt = (kind: string, number: number): string =>
  `${kind.charAt(0).toLowerCase()}${kind.slice(1)}_${number}`;

/** Values of scalars that GraphQL does not have, by the names that they mostly go by. */
const SCALARS: readonly (readonly [RegExp, (field: string, number: number) => unknown])[] = [
  [/^(datetime|timestamp|instant|iso8601.*)$/i, instant],
  [/^(local)?date$/i, (field, number) => instant(field, number).slice(0, 10)],
  [/^(local)?time$/i, (field, number) => instant(field, number).slice(11)],
  [/decimal|money|price/i, (_field, number) => ((100 + (number % 20_000)) / 100).toFixed(2)],
  [/^(long|bigint|int64|.*integer|.*int)$/i, whole],
  [/float|double|number/i, (_field, number) => (number % 1_000) / 10],
  [/^(json.*|.*object|any|map)$/i, () => ({})],
  [
    /^(uuid|guid)$/i,
    (_field, number) => {
      const hex = number.toString(16).padStart(8, '0');
      return `${hex}-${hex.slice(0, 4)}-4${hex.slice(5)}-8${hex.slice(1, 4)}-${hex}${hex.slice(4)}`;
    },
  ],
];

/** Makes up a value: the same for the same number, and one that a field of this name might have. */
export const madeUp = ({ type, owner, field, number, hidden }: Leaf): unknown => {
  if (isEnumType(type)) {
    const values = type.getValues().filter(({ name }) => !hidden?.has(`${type.name}.${name}`));
    return pick(values, number)?.name;
  }
  switch (type.name) {
    case 'ID':
      return id(owner, field, number);
    case 'Int':
      return whole(field, number);
    case 'Float':
      return (number % 1_000) / 10;
    case 'Boolean':
      return number % 2 === 0;
    case 'String':
      return text(field, number);
    default: {
      const known = SCALARS.find(([name]) => name.test(type.name))?.[1];
      // A scalar's own name tells what it holds where the field's does not.
      const name = TEXTS.some(([each]) => each.test(type.name)) ? type.name : field;
      return known === undefined ? text(name, number) : known(name, number);
    }
  }
};
