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
    AccountError: '../../subgraphs/users/errors.ts#AccountError',
  },
  catalog: {
    Category: '../../subgraphs/catalog/categories.ts#Category',
    Hold: '../../subgraphs/catalog/holds.ts#Hold',
    HoldProblem: '../../subgraphs/catalog/holds.ts#HoldProblem',
    MyProductConnection: '../../subgraphs/catalog/connections.ts#MyProductConnection',
    Product: '../../subgraphs/catalog/products.ts#Product',
    ProductConnection: '../../subgraphs/catalog/connections.ts#ProductConnection',
    ProductError: '../../subgraphs/catalog/errors.ts#ProductError',
    ProductFacets: '../../subgraphs/catalog/connections.ts#ProductConnection',
    User: '../../subgraphs/catalog/products.ts#Seller',
  },
  cart: {
    Cart: '../../subgraphs/cart/references.ts#CartRecord',
    CartError: '../../subgraphs/cart/errors.ts#CartError',
    CartLine: '../../subgraphs/cart/references.ts#LineRecord',
    CartWarning: '../../subgraphs/cart/warnings.ts#CartWarning',
    Product: '../../subgraphs/cart/offers.ts#ProductReference',
  },
  media: {
    Image: '../../subgraphs/media/media.ts#Picture',
    Video: '../../subgraphs/media/media.ts#Film',
  },
  recommendations: {
    Recommendation: '../../subgraphs/recommendations/suggestions.ts#Suggestion',
    RecommendationReason: '../../subgraphs/recommendations/suggestions.ts#Reason',
  },
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

/** Services that ask others: each has its operations in `operations/services/<name>`. */
const askingServices: readonly string[] = [];

/** Registered operations as typed documents, checked against the supergraph. */
const typedDocuments = (documents: string): Output => ({
  preset: 'client',
  schema: 'supergraph.graphql',
  documents,
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string',
    useTypeImports: true,
    enumsAsTypes: true,
    importExtension: '.ts',
    scalars: { ID: 'string', DateTime: 'string', Decimal: 'string' },
  },
});

const config: CodegenConfig = {
  silent: true,
  generates: {
    ...Object.fromEntries(Object.entries(subgraphs).map(resolverTypes)),
    'generated/operations/storefront/': typedDocuments('operations/storefront/**/*.graphql'),
    ...Object.fromEntries(
      askingServices.map((name) => [
        `generated/operations/${name}/`,
        typedDocuments(`operations/services/${name}/**/*.graphql`),
      ]),
    ),
  },
};

export default config;
