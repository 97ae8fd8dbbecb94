import { afterAll, expect, test, vi } from 'vitest';
import type { GraphqlResult } from '../kit/http.ts';
import { REDIS } from '../kit/redis.ts';
import { FAKETIME, inflict } from './faults.ts';
import { LEAKS, leaksIn, SECRETS } from './leaks.ts';
import { type Downloaded, type RouterKind, startMarket } from './market.ts';
import { type Expected, FAULTS, type Fault, nameOf, ROWS, type Row, RULES } from './matrix.ts';
import { isGone, judge, PAGE } from './page.ts';
import { markdown } from './report.ts';

/** `npm run test:matrix` sets it; without it a few cells are tried, each fault and each row among them. */
const ALL = process.env['MATRIX'] === 'all';

const SAMPLE: readonly string[] = [
  'users: down',
  'catalog: restarted under load',
  'cart: 500',
  'media: garbage',
  'recommendations: half-open',
  'users: clock off',
  'catalog: oversized',
  'the database of users: slow',
  'the database of catalog: half-open',
  'the database of cart: garbage',
  'the database of media: pool exhausted',
  'the database of recommendations: 500',
  'Redis: half-open',
  'a router worker: down',
  'the media store: disk full',
];

/** A row, a fault, and what is expected of them. */
interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly fault: Fault;
  readonly expected: Exclude<Expected, { readonly sees: 'nothing' }>;
}

const CELLS = ROWS.flatMap((row) =>
  FAULTS.flatMap((fault): Cell[] => {
    const expected = RULES[row.kind][fault];
    const name = `${nameOf(row)}: ${fault}`;
    return expected.sees === 'nothing' ? [] : [{ name, row, fault, expected }];
  }),
);

const isPossible = ({ row, fault }: Cell): boolean =>
  (row.kind !== 'redis' || REDIS) && (fault !== 'clock off' || FAKETIME !== undefined);

const market = await startMarket();
const seen = new Map<string, string>();
afterAll(async () => {
  await market[Symbol.asyncDispose]();
  if (ALL) process.stdout.write(`\n${markdown(seen)}\n`);
});

/** Of a market that has just begun, on a busy machine, a first answer may be late. */
const whole = await vi.waitFor(
  async () => {
    const { data, errors, extensions } = await market.ask('plain', PAGE);
    expect({ errors, extensions }).toEqual({ errors: undefined, extensions: undefined });
    expect((await market.ask('shared', PAGE)).data).toEqual(data);
    return data;
  },
  { timeout: 60_000, interval: 250 },
);

/** Some pictures' addresses, and a cart of a guest with one thing in it. */
const prepare = async () => {
  const { data } = await market.ask('plain', `mutation { createGuestCart { token } }`);
  const { token } = data.createGuestCart;
  const added = await market.ask(
    'plain',
    `mutation ($token: String!) {
      addToCart(input: { token: $token, productId: "product_1" }) { line { id } } }`,
    { token },
  );
  const shop = await market.ask(
    'plain',
    '{ products(first: 40) { nodes { coverImage { url(width: 320) } } } }',
  );
  const urls = shop.data.products.nodes.map(
    ({ coverImage }: { coverImage: { url: string } }) => coverImage.url,
  );
  const [known = '', ...others]: string[] = urls;
  return {
    pictures: { known, digest: (await market.download(known)).digest, others },
    line: { token, id: added.data.addToCart.line.id },
  };
};
const { pictures, line } = await prepare();

const CHANGE = `mutation ($token: String!, $id: ID!, $quantity: Int!) {
  changeCartLine(input: { token: $token, lineId: $id, quantity: $quantity }) {
    line { quantity }
    userErrors { code }
  }
}`;

let last = 1;

/** Changes a cart to what it was not; gives what it is to be, beside the answer. */
const change = async (router: RouterKind): Promise<{ answer: GraphqlResult; asked: unknown }> => {
  last = (last % 9) + 1;
  const quantity = last;
  const answer = await market.ask(router, CHANGE, { ...line, quantity });
  return { answer, asked: { line: { quantity }, userErrors: [] } };
};

/** What clients see of a cell, checked against what is expected of it. */
const look = async (cell: Cell): Promise<string> => {
  const { row } = cell;
  const router = row.kind === 'redis' || row.kind === 'worker' ? 'shared' : 'plain';
  const [page, changed, downloaded] = await Promise.all([
    market.ask(router, PAGE),
    change(router),
    row.kind === 'store' ? downloadNew() : downloadKnown(cell),
  ]);
  const ofPage = checkPage(cell, page);
  checkChange(cell, changed);
  const ofDownload = checkDownload(cell, downloaded);
  return row.kind === 'store' ? ofDownload : ofPage;
};

const checkPage = ({ row, expected }: Cell, page: GraphqlResult): string => {
  // Where the fault is no service's, the page is whole, whoever's part may fail.
  const service = 'name' in row ? row.name : 'users';
  const { isWhole, codes } = judge(page, whole, service);
  if (row.kind === 'store' || expected.sees === 'whole') {
    expect(isWhole).toBe(true);
    return 'whole';
  }
  if (expected.sees === 'gone') expect(isGone(page.data, service)).toBe(true);
  for (const code of codes) expect(expected.codes).toContain(code);
  return codes.join(', ') || 'whole';
};

const checkChange = (
  { row, expected }: Cell,
  { answer: { data, errors }, asked }: Awaited<ReturnType<typeof change>>,
): void => {
  const isOfCart = 'name' in row && row.name === 'cart';
  if (!isOfCart || expected.sees === 'whole' || data.changeCartLine !== null) {
    expect(errors).toBeUndefined();
    expect(data.changeCartLine).toEqual(asked);
    expect(isOfCart && expected.sees === 'gone').toBe(false);
    return;
  }
  expect(errors).toMatchObject([{ path: ['changeCartLine'], extensions: { service: 'cart' } }]);
  expect(expected.codes).toContain(errors?.[0]?.extensions?.['code']);
};

/** A download needs the process of media and its folder: no signature, and for what is known no database. */
const checkDownload = (
  { row, fault, expected }: Cell,
  { status, digest, code }: Downloaded,
): string => {
  const isOfMedia = row.kind === 'store' || (row.kind === 'service' && row.name === 'media');
  if (isOfMedia && expected.sees !== 'whole' && fault !== 'clock off' && status !== 200) {
    // It has no code of its own for being late or nonsense.
    expect(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']).toContain(code);
    return `download: ${code}`;
  }
  expect(status).toBe(200);
  if (row.kind !== 'store') expect(digest).toBe(pictures.digest);
  expect(isOfMedia && expected.sees === 'gone' && fault !== 'clock off').toBe(false);
  return 'whole';
};

/** Looks once and heals; where it is over by itself, looks until then. */
const lookUntil = async (heal: () => Promise<void>, cell: Cell): Promise<string> => {
  if (cell.fault !== 'restarted under load') return look(cell).finally(heal);
  const looks = new Set<string>();
  let isOver = false;
  const over = heal().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const each of await Promise.all([look(cell), look(cell)])) looks.add(each);
  }
  await over;
  return [...looks].join(', ');
};

/** Downloads may have any size and hold anything, so what a false server gives is passed on: it is not asked. */
const downloadKnown = (cell: Cell): Promise<Downloaded> =>
  cell.fault === 'oversized' && nameOf(cell.row) === 'media'
    ? Promise.resolve({ status: 503, digest: '', code: 'SUBGRAPH_UNAVAILABLE' })
    : market.download(pictures.known);

/** Of a picture that nobody has asked for, so that a file has to be written. */
const downloadNew = () => market.download(pictures.others.pop() ?? '');

const isWell = async ({ row }: Cell): Promise<void> => {
  for (const router of ['plain', 'shared'] as const) {
    const page = await market.ask(router, PAGE);
    expect(page.errors).toBeUndefined();
    expect(page.data).toEqual(whole);
    const { answer, asked } = await change(router);
    expect(answer.data.changeCartLine).toEqual(asked);
  }
  expect((await market.download(pictures.known)).digest).toBe(pictures.digest);
  if (row.kind === 'store') expect((await downloadNew()).status).toBe(200);
};

for (const cell of CELLS.filter(({ name }) => ALL || SAMPLE.includes(name))) {
  test.skipIf(!isPossible(cell))(cell.name, { timeout: 120_000 }, async () => {
    const heal = await inflict(market, cell.row, cell.fault);
    seen.set(cell.name, await lookUntil(heal, cell));
    // What rests after its failures is tried again, and what is silent is given up.
    await vi.waitFor(() => isWell(cell), { timeout: 40_000, interval: 250 });
  });
}

test('the sample has a cell of each row and each fault', () => {
  const sampled = CELLS.filter(({ name }) => SAMPLE.includes(name));
  expect(sampled).toHaveLength(SAMPLE.length);
  expect(new Set(sampled.map(({ fault }) => fault))).toEqual(new Set(FAULTS));
  expect(new Set(sampled.map(({ row }) => nameOf(row)))).toEqual(new Set(ROWS.map(nameOf)));
});

test('what leaks is found', () => {
  for (const [what, [, example]] of Object.entries(LEAKS)) {
    expect(leaksIn(`a page with ${example} in it`)).toEqual([expect.stringContaining(what)]);
  }
  expect(leaksIn(SECRETS).length).toBeGreaterThan(4);
});
