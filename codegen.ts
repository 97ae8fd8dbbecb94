import type { CodegenConfig } from '@graphql-codegen/cli';

type Output = CodegenConfig['generates'][string];

/**
 * Types of every subgraph's resolvers, from its schema. `mappers` says which of its own records a
 * subgraph returns for a type; the rest of the type is up to its resolvers.
 */
const subgraphs: Record<string, Record<string, string>> = {
  users: {
    Address: '../../subgraphs/users/addresses.ts#Address',
    SellerProfile: '../../subgraphs/users/accounts.ts#SellerProfile',
    User: '../../subgraphs/users/accounts.ts#Account',
    UserError: '../../subgraphs/users/checks.ts#UserError',
  },
  catalog: {},
  cart: {},
  media: {},
  recommendations: {},
};

const resolverTypes = ([name, mappers]: [string, Record<string, string>]): [string, Output] => [
  `generated/resolvers/${name}.ts`,
  {
    schema: `subgraphs/${name}/schema.graphql`,
    plugins: ['typescript', 'typescript-resolvers'],
    config: {
      federation: true,
      contextType: `../../subgraphs/${name}/context.ts#Context`,
      mappers,
      mapperTypeSuffix: 'Record',
      useTypeImports: true,
      immutableTypes: true,
      enumsAsTypes: true,
      importExtension: '.ts',
      avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: true },
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      scalars: { ID: 'string', DateTime: { input: 'Date', output: 'Date' }, Decimal: 'string' },
    },
  },
];

const config: CodegenConfig = {
  silent: true,
  generates: Object.fromEntries(Object.entries(subgraphs).map(resolverTypes)),
};

export default config;
