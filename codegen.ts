import { readFileSync } from 'node:fs';
import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { buildContract } from './router/supergraph/contract/build.ts';

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
    Credentials: '../../subgraphs/users/sessions.ts#Credentials',
    Preferences: '../../subgraphs/users/preferences.ts#Preferences',
    Session: '../../subgraphs/users/sessions.ts#Session',
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
    CheckoutError: '../../subgraphs/cart/errors.ts#CheckoutError',
    Order: '../../subgraphs/cart/orders.ts#Order',
    OrderError: '../../subgraphs/cart/errors.ts#OrderError',
    OrderItem: '../../subgraphs/cart/references.ts#OrderItemRecord',
    Product: '../../subgraphs/cart/offers.ts#ProductReference',
    Refund: '../../subgraphs/cart/shipments.ts#Refund',
    Shipment: '../../subgraphs/cart/shipments.ts#Shipment',
  },
  media: {
    Image: '../../subgraphs/media/media.ts#Picture',
    Video: '../../subgraphs/media/media.ts#Film',
    MediaError: '../../subgraphs/media/errors.ts#MediaError',
    Upload: '../../subgraphs/media/uploads/begin.ts#UploadTarget',
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
const askingServices = ['cart', 'catalog', 'users'] as const;

/** What services see, and what clients do: the contract without `internal`. */
const seenSchemas = (): { readonly byServices: string; readonly byClients: string } => {
  const sdl = readFileSync('supergraph.graphql', 'utf8');
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const byServices = printSchema(supergraph.apiSchema());
  const contract = buildContract(sdl, supergraph, { include: [], exclude: ['internal'] });
  return { byServices, byClients: contract?.apiSdl ?? byServices };
};

const { byServices, byClients } = seenSchemas();

/** Registered operations as typed documents, checked against what their senders see. */
const typedDocuments = (documents: string, schema: string): Output => ({
  preset: 'client',
  schema,
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
    'generated/operations/storefront/': typedDocuments(
      'operations/storefront/**/*.graphql',
      byClients,
    ),
    ...Object.fromEntries(
      askingServices.map((name) => [
        `generated/operations/${name}/`,
        typedDocuments(`operations/services/${name}/**/*.graphql`, byServices),
      ]),
    ),
  },
};

export default config;
