import { expect, test } from 'vitest';
import { readRouterSettings } from '../../../router/settings.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { startRouted } from '../../kit/routed.ts';
import { startTestRouter } from '../../kit/router.ts';

test('cost, contexts, overrides, tags and inaccessible types are served', async () => {
  await using routed = await startRouted({
    shelves: {
      sdl: `type Query { shelf: Shelf @cost(weight: 3) shelves(first: Int!): [Shelf] @listSize(slicingArguments: ["first"]) }
        type Shelf @key(fields: "id") @context(name: "shelf") { id: ID! place: String @tag(name: "public") book: Book hidden: Hidden @inaccessible }
        type Hidden @inaccessible { a: Int }
        type Book @key(fields: "id") { id: ID! label(at: String @fromContext(field: "$shelf { place }")): String price: Int }`,
      resolvers: {
        Query: {
          shelf: () => ({ id: '1', place: 'left', book: { id: '2' } }),
          shelves: () => [{ id: '2' }],
        },
        Book: {
          __resolveReference: (reference: object) => reference,
          label: (_: unknown, { at }: { at: string }) => `book ${at}`,
        },
      },
    },
    prices: {
      sdl: `type Query { p: Int } type Book @key(fields: "id") { id: ID! price: Int @override(from: "shelves") }`,
      resolvers: {
        Book: { __resolveReference: ({ id }: object & { id: string }) => ({ id, price: 7 }) },
      },
    },
  });
  const { data, errors } = await routed.router.query(
    '{ shelf { place book { label price } } shelves(first: 1) { id } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    shelf: { place: 'left', book: { label: 'book left', price: 7 } },
    shelves: [{ id: '2' }],
  });
  expect(await routed.router.query('{ shelf { hidden { a } } }')).toMatchObject({
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});

test.each([
  ['@authenticated', '@authenticated'],
  ['@requiresScopes', '@requiresScopes(scopes: [["read"]])'],
  ['@policy', '@policy(policies: [["mine"]])'],
])('%s is enforced, unless the settings leave it to something else', async (_name, directive) => {
  await using federation = await startSmallFederation({
    vault: {
      sdl: `type Query { open: Int secret: Int ${directive} }`,
      resolvers: { Query: { open: () => 1, secret: () => 2 } },
    },
  });
  const { supergraph } = federation;
  await using enforcing = await startTestRouter({ supergraph });
  expect((await enforcing.query('{ open secret }')).data).toEqual({ open: 1, secret: null });
  const { ignoreSecurityDirectives } = readRouterSettings({ SECURITY_DIRECTIVES: 'ignore' });
  await using router = await startTestRouter({ supergraph, ignoreSecurityDirectives });
  expect((await router.query('{ open secret }')).data).toEqual({ open: 1, secret: 2 });
});

test.each([
  ['connectors', 'connect/v0.1', 'EXECUTION'],
  ['a feature of tomorrow', 'tomorrow/v1.0', 'SECURITY'],
])('%s are refused, since they change what is fetched', async (_what, feature, purpose) => {
  await using federation = await startSmallFederation({ one: { sdl: 'type Query { one: Int }' } });
  const link = `@link(url: "https://specs.apollo.dev/${feature}", for: ${purpose})`;
  await federation.write(federation.sdl().replace(/^schema$/m, `schema\n  ${link}`));
  const { supergraph } = federation;
  await expect(startTestRouter({ supergraph })).rejects.toThrow(
    new RegExp(`^SUPERGRAPH: It .*${feature}.*$`),
  );
});
