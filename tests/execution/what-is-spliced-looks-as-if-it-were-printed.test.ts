import { buildSchema, getOperationAST, OperationTypeNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { GUEST } from '../../contract/viewer.ts';
import type { SubgraphAnswer } from '../../router/execution/call.ts';
import { compileOperation } from '../../router/execution/operation.ts';
import type { FetchNode, Plan, PlanNode } from '../../router/execution/plan.ts';
import { Spliced } from '../../router/execution/spliced.ts';
import { compileSplicing } from '../../router/execution/splicing.ts';
import { graphqlResult } from '../../router/transport/result.ts';

const SCHEMA = buildSchema(`
  scalar JSON
  enum Color { RED GREEN }
  type Query { products: [Product] }
  type Product { id: ID! title: String stock: Int weight: Float color: Color more: JSON images: [Image!] seller: Seller }
  type Image { url: String! sharp: Boolean }
  type Seller { id: ID! name: String }
`);

const QUERY = `{ products { id title stock weight color more images { url sharp } seller { name } } }`;

const PRODUCTS: FetchNode = {
  kind: 'Fetch',
  serviceName: 'catalog',
  variableUsages: [],
  operationKind: OperationTypeNode.QUERY,
  operation: '{products{__typename id title}}',
  operationName: undefined,
};

const DETAILS: FetchNode = {
  ...PRODUCTS,
  serviceName: 'details',
  requires: entity('Product'),
  operation:
    'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{stock weight color more images{url sharp}seller{__typename id}}}}',
};

const SELLERS: FetchNode = {
  ...PRODUCTS,
  serviceName: 'users',
  requires: entity('Seller'),
  operation:
    'query($representations:[_Any!]!){_entities(representations:$representations){...on Seller{name}}}',
};

const NODE: PlanNode = {
  kind: 'Sequence',
  nodes: [
    PRODUCTS,
    { kind: 'Flatten', path: ['products', '@'], node: DETAILS },
    { kind: 'Flatten', path: ['products', '@', 'seller'], node: SELLERS },
  ],
};
const PLAN: Plan = { kind: 'QueryPlan', node: NODE };

function entity(typeCondition: string): NonNullable<FetchNode['requires']> {
  const selections = ['__typename', 'id'].map((name) => ({ kind: 'Field' as const, name }));
  return [{ kind: 'InlineFragment', typeCondition, selections }];
}

const DOCUMENT = parse(QUERY);
const OPERATION = getOperationAST(DOCUMENT);
if (OPERATION == null) throw new Error('the query is there');
const names = { clientNames: new Map(), givenNames: new Map(), unanswered: null };
const SOURCE = { schema: SCHEMA, document: DOCUMENT, operation: OPERATION, names };

const readers = compileSplicing(NODE, SOURCE);

const PRODUCT = '{"__typename":"Product","id":"1","title":"Lamp"}';
const SELLER = '"seller":{"__typename":"Seller","id":"7"}';
const FIELDS = `"stock":3,"weight":1.5,"color":"RED","more":"x","images":[{"url":"a","sharp":true}],${SELLER}`;

const products = (...items: string[]): string => `{"data":{"products":[${items.join(',')}]}}`;
const entities = (...items: string[]): string => `{"data":{"_entities":[${items.join(',')}]}}`;

/** What the client gets where the subgraphs answer so, as texts or as values. */
const answer = async (texts: Readonly<Record<string, string>>, as: 'text' | 'values') => {
  const compiled = compileOperation(
    { ...SOURCE, plan: PLAN },
    {
      types: { subtypes: {} },
      idempotentFields: [],
      standIns: new Map(),
      names,
      subgraph: (name) => async (): Promise<SubgraphAnswer> => {
        const text = texts[name] ?? '';
        return as === 'text' ? text : graphqlResult(200, text);
      },
    },
  );
  if (compiled.kind === 'events') throw new Error('it is a query');
  const outcome = await compiled.run(
    {
      caller: { viewer: GUEST, clientAddress: null },
      departure: null,
      takesKept: false,
      journal: null,
      trace: null,
    },
    {},
    {},
  );
  if (outcome.kind !== 'single') throw new Error('nothing is deferred');
  return outcome.answer;
};

test('what only the client needs stays text, what other fetches need is read', () => {
  const product = readers(PRODUCTS)?.(products(PRODUCT))?.cells[0];
  expect(product).toEqual([{ __typename: 'Product', id: '1', title: expect.any(Spliced) }]);

  const details = readers(DETAILS)?.(entities(`{${FIELDS}}`, 'null'));
  expect(details?.names).toEqual(['stock', 'seller']);
  const [first, second, ...absent] = details?.cells ?? [];
  expect(first).toMatchObject({
    fields: 5,
    text: '3,"weight":1.5,"color":"RED","more":"x","images":[{"url":"a","sharp":true}]',
  });
  expect(second).toEqual({ __typename: 'Seller', id: '7' });
  expect(absent).toEqual([undefined, undefined]);

  const sellers = readers(SELLERS)?.(`${entities('{"name":"Élodie \\"🙂\\"\\n"}')}\n`);
  expect(sellers?.cells).toMatchObject([{ text: '"Élodie \\"🙂\\"\\n"' }]);
});

const withStock = (stock: string): string => `{${FIELDS.replace('"stock":3', `"stock":${stock}`)}}`;
const withWeight = (weight: string): string => `{${FIELDS.replace('1.5', weight)}}`;

/** Answers about one product that are not, letter by letter, what would be printed. */
const UNUSUAL: Readonly<Record<string, string>> = {
  'with spaces': entities(`{${FIELDS.replaceAll(':', ': ')}}`),
  'with a space between members': entities(`{${FIELDS.replaceAll(',', ', ')}}`),
  'with a space at the end': `${entities(`{${FIELDS}}`)} `,
  'in another order': entities(`{${SELLER},${FIELDS.replace(`,${SELLER}`, '')}}`),
  'with more members': entities(`{${FIELDS},"extra":1}`),
  'with members too few': entities(`{${SELLER}}`),
  'with a member twice': entities(`{"stock":2,${FIELDS}}`),
  'with errors': entities(`{${FIELDS}}`).replace(/\}$/, ',"errors":[{"message":"no"}]}'),
  'with too many entities': entities(`{${FIELDS}}`, `{${FIELDS}}`),
  'with no entities': '{"data":{"_entities":null}}',
  'with an integer as 1.0': entities(withStock('1.0')),
  'with an integer as 1e3': entities(withStock('1e3')),
  'with an integer as -0': entities(withStock('-0')),
  'with an integer past 32 bits': entities(withStock('2147483648')),
  'with an integer as text': entities(withStock('"3"')),
  'with zeros before': entities(withStock('03')),
  'with zeros behind': entities(withWeight('1.50')),
  'with a small number': entities(withWeight('0.0000001')),
  'with more digits than a double has': entities(withWeight('0.1234567890123456789')),
  'with a large number': entities(withWeight('123456789012345678901234')),
  'with null where there is none': entities(`{${FIELDS.replace('"a"', 'null')}}`),
  'with an enum value that is none': entities(`{${FIELDS.replace('RED', 'BLUE')}}`),
  'with a needless escape': entities(`{${FIELDS.replace('"a"', '"\\u0041"')}}`),
  'with an escaped slash': entities(`{${FIELDS.replace('"a"', '"\\/"')}}`),
  'with half a character': entities(`{${FIELDS.replace('"a"', '"\\ud800"')}}`),
  'with a line break in a string': entities(`{${FIELDS.replace('"a"', '"\n"')}}`),
  'with a list of another kind': entities(
    `{${FIELDS.replace('[{"url":"a","sharp":true}]', '{}')}}`,
  ),
  'with an object that repeats itself': entities(
    `{${FIELDS.replace('"x"', '{"b":1,"b":2,"1":0}')}}`,
  ),
  'with another type name': entities(`{${FIELDS.replace('"Seller"', '"Shop"')}}`),
  'that ends too early': entities(`{${FIELDS}}`).slice(0, -9),
};

test.each(Object.entries(UNUSUAL))('an answer %s is parsed', async (_how, details) => {
  const rows = readers(DETAILS)?.(details) ?? null;
  expect(rows === null || rows.cells.length !== 2).toBe(true);

  const texts = { catalog: products(PRODUCT), details, users: entities('{"name":"Ann"}') };
  const isJson =
    details !== UNUSUAL['that ends too early'] &&
    !details.includes('\n') &&
    !details.includes(':03');
  const actual = await answer(texts, 'text');
  if (!isJson) {
    expect(actual.errors.map(({ extensions }) => extensions['code'])).toContain(
      'SUBGRAPH_UNAVAILABLE',
    );
    return;
  }
  expect(actual).toEqual(await answer(texts, 'values'));
});

test('numbers, strings and nulls come out as they are printed', async () => {
  for (const fields of [
    FIELDS,
    FIELDS.replace('3', '-2147483648').replace('1.5', '-100.05').replace('"RED"', 'null'),
    FIELDS.replace('"x"', '-12.25').replace('true', 'null'),
    FIELDS.replace('"x"', 'false').replace('"a"', '"\\"\\\\\\n\\b/é\u2028🙂"'),
    FIELDS.replace('1.5', '0.5').replace('[{"url":"a","sharp":true}]', '[]'),
    FIELDS.replace('1.5', '999999999999999').replace('[{"url":"a","sharp":true}]', 'null'),
  ]) {
    const details = entities(`{${fields}}`);
    expect(readers(DETAILS)?.(details), details).not.toBeNull();
    const texts = { catalog: products(PRODUCT), details, users: entities('{"name":"Ann"}') };
    const spliced = await answer(texts, 'text');
    expect(spliced).toEqual(await answer(texts, 'values'));
    expect(spliced.data).toBe(JSON.stringify(JSON.parse(spliced.data)));
  }
});

test('where a part is unusual, what was spliced is completed with the rest', async () => {
  const texts = {
    catalog: products(PRODUCT, PRODUCT.replace('"1"', '"2"')),
    details: entities(`{${FIELDS}}`, `{${FIELDS.replace('"7"', '"8"')}}`),
    users: '{"data":{"_entities":[{"name":5},{"name":{}}]}}',
  };
  const spliced = await answer(texts, 'text');
  expect(spliced.errors.map(({ path }) => path)).toEqual([['products', 1, 'seller', 'name']]);
  expect(spliced).toEqual(await answer(texts, 'values'));
});

test('what two fetches ask for is merged, and not spliced', () => {
  const other = { ...DETAILS, operation: DETAILS.operation.replace('stock weight color more', '') };
  const both = compileSplicing(
    { kind: 'Parallel', nodes: [NODE, { kind: 'Flatten', path: ['products', '@'], node: other }] },
    SOURCE,
  );
  const details = both(DETAILS)?.(entities(`{${FIELDS}}`));
  expect(details?.names).toEqual(['stock', 'images', 'seller']);
  expect(details?.cells[1]).toEqual([{ url: 'a', sharp: true }]);
});

test('nothing is spliced where the client decides by variables what there is', () => {
  const document = parse(QUERY.replace('title', 'title @skip(if: false)'));
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('the query is there');
  const none = compileSplicing(NODE, { ...SOURCE, document, operation });
  expect([PRODUCTS, DETAILS, SELLERS].map(none)).toEqual([null, null, null]);
});
