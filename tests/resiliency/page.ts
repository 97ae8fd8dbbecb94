import { isDeepStrictEqual } from 'node:util';
import type { SubgraphName } from '../../stack/subgraphs.ts';
import type { Data, GraphqlResult } from '../kit/http.ts';

/** Something of each service. */
export const PAGE = `{
  product(id: "product_1") {
    title
    seller { displayName listings(first: 1) { totalCount } }
    coverImage { alt }
    related(first: 3) { product { title } }
  }
  cart(token: "readme-guest-cart") { totalQuantity lines { quantity product { title } } }
  trending(first: 3) { reason { code } product { title } }
  user(id: "user_1") { handle }
}`;

/** What goes with a service: its own fields, and what cannot be without them. `*` is each of a list. */
const PARTS: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['product.seller', 'user'],
  catalog: ['product', 'cart.lines.*.product', 'trending.*.product'],
  cart: ['cart'],
  media: ['product.coverImage'],
  recommendations: ['product.related', 'trending'],
};

/** What is shown of a part that failed, where it is not null: the schema's `@standIn`. */
const STAND_INS: Readonly<Record<string, unknown>> = { 'product.related': [] };

/** How a page was: whole, or without a part of it, and the codes that said why. */
export interface Seen {
  readonly isWhole: boolean;
  readonly codes: readonly string[];
}

/**
 * Whether the rest is there as ever, and whatever is not there is told, as belonging to this service.
 *
 * @param whole what a market answers that is well
 * @param service whose part may fail
 * @throws Error that says what is wrong
 */
export const judge = (page: GraphqlResult, whole: Data, service: SubgraphName): Seen => {
  if (page.status !== 200) throw new Error(`status ${page.status}`);
  const parts = PARTS[service];
  const rest = (data: Data): Data => parts.reduce((left, part) => without(left, part), data);
  if (!isDeepStrictEqual(rest(page.data), rest(whole))) {
    throw new Error(`the others’ part is not what it was: ${JSON.stringify(page.data)}`);
  }
  const told = toldBy(page);
  for (const { path, service: named } of told) {
    const isPart = parts.some((part) => isWithin(path, part));
    if (!isPart || named !== service) throw new Error(`${path} of ${named} is told to have failed`);
  }
  for (const part of parts) {
    const now = at(page.data, part);
    if (isDeepStrictEqual(now, at(whole, part))) continue;
    if (!told.some(({ path }) => isWithin(path, part))) throw new Error(`nothing tells of ${part}`);
  }
  return {
    isWhole: isDeepStrictEqual(page.data, whole) && told.length === 0,
    codes: [...new Set(told.map(({ code }) => code))],
  };
};

/** Whether nothing is left of a service's part. */
export const isGone = (data: Data, service: SubgraphName): boolean =>
  PARTS[service].every((part) =>
    at(data, part).every((value) => isDeepStrictEqual(value ?? null, STAND_INS[part] ?? null)),
  );

interface Told {
  readonly path: string;
  readonly code: string;
  readonly service: string;
}

/** Errors, and what stands in for them. */
const toldBy = ({ errors = [], extensions }: GraphqlResult): readonly Told[] => [
  ...errors.map(({ path = [], extensions: { code, service } = {} }) => ({
    path: path.join('.'),
    code,
    service,
  })),
  ...(extensions?.['degraded'] ?? []).map(({ path, code, service }: Data) => ({
    path: path.join('.'),
    code,
    service,
  })),
];

const isWithin = (path: string, part: string): boolean => {
  const steps = path.split('.');
  return part.split('.').every((name, index) => name === '*' || name === steps[index]);
};

/** The values at a path, one for each item of a list; none where there is nothing to have it. */
const at = (data: Data, path: string): readonly unknown[] =>
  path
    .split('.')
    .reduce<readonly Data[]>(
      (values, name) =>
        values.flatMap((value) => (value == null ? [] : name === '*' ? value : [value[name]])),
      [data],
    );

const without = (data: Data, path: string): Data => {
  const [name = '', ...rest] = path.split('.');
  if (data == null) return data;
  if (name === '*') return data.map((item: Data) => without(item, rest.join('.')));
  return { ...data, [name]: rest.length === 0 ? null : without(data[name], rest.join('.')) };
};
