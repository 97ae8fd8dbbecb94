import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

const door = (ran: string[]) => ({
  sdl: `
    extend schema
      @link(url: "https://specs.emporium.example/router/v1.0", import: ["@once"])
      @composeDirective(name: "@once")
    directive @once on FIELD_DEFINITION
    type Query { a: Int }
    type Mutation { logIn(name: String): String @once logOut: Int signUp: Int @once }`,
  resolvers: {
    Mutation: {
      logIn: (_: unknown, { name }: { name: string }) => ran.push(name) && name,
      logOut: () => 1,
      signUp: () => 2,
    },
  },
});

const startDoor = (ran: string[]) => startRouted({ door: door(ran) });

test.each([
  ['under two aliases', 'mutation { a: logIn(name: "a") b: logIn(name: "b") }'],
  [
    'in fragments',
    'mutation { ...x ... on Mutation { b: logIn } } fragment x on Mutation { logIn }',
  ],
  ['beside others', 'mutation { logIn logOut signUp again: logIn(name: "b") }'],
])('%s it is refused before anything runs', async (_how, mutation) => {
  const ran: string[] = [];
  await using routed = await startDoor(ran);
  const { errors } = await routed.router.query(mutation);
  expect(errors).toMatchObject([
    {
      message: '`logIn` may be asked for once in an operation, under whatever aliases.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ]);
  expect(ran).toEqual([]);
});

test('once is fine, written twice under one name too, and others may come as often as they like', async () => {
  const ran: string[] = [];
  await using routed = await startDoor(ran);
  const { data } = await routed.router.query(
    'mutation { logIn(name: "a") ...x signUp a: logOut b: logOut } fragment x on Mutation { logIn(name: "a") }',
  );
  expect(data).toEqual({ logIn: 'a', signUp: 2, a: 1, b: 1 });
  expect(ran).toEqual(['a']);
});

test('other operations of the document do not count', async () => {
  await using routed = await startDoor([]);
  const document = 'mutation A { logIn } mutation B { logIn }';
  expect((await routed.router.query(`${document} query C { a }`)).errors).toMatchObject([
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  ]);
});
