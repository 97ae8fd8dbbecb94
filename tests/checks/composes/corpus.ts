import type { Edit } from '../market.ts';

/** A change of a schema of the market that does not compose, and what is to be said of it. */
export interface Case {
  readonly change: string;
  readonly edits: readonly Edit[];
  readonly code: string;
  /** Subgraph and line of the first place. */
  readonly at: readonly [subgraph: string, line: string];
  /** How the message begins. */
  readonly message: string;
  readonly cure: string;
}

export const CORPUS: readonly Case[] = [
  {
    change: 'a key names a field that is not there',
    edits: [['media', 'type Product @key(fields: "id")', 'type Product @key(fields: "sku")']],
    code: 'KEY_INVALID_FIELDS',
    at: ['media', 'type Product @key(fields: "sku") @cacheTag(format: "product-{$key.id}") {'],
    message:
      '[media] On type "Product", for @key(fields: "sku"): Cannot query field "sku" on type "Product" (the field',
    cure: 'Write `@key(fields: "id")`, by which other subgraphs know Product too, or add `sku` to Product in media.',
  },
  {
    change: 'a key names a field that another subgraph has',
    edits: [['media', 'type Product @key(fields: "id")', 'type Product @key(fields: "version")']],
    code: 'KEY_INVALID_FIELDS',
    at: ['media', 'type Product @key(fields: "version") @cacheTag(format: "product-{$key.id}") {'],
    message:
      '[media] On type "Product", for @key(fields: "version"): Cannot query field "version" on type "Product" (the',
    cure: 'Add `version: Int!` to Product in media, as catalog has it.',
  },
  {
    change: 'a key is no string',
    edits: [['media', 'type User @key(fields: "id")', 'type User @key(fields: id)']],
    code: 'KEY_INVALID_FIELDS_TYPE',
    at: ['media', 'type User @key(fields: id) {'],
    message:
      '[media] On type "User", for @key(fields: id): Invalid value for argument "fields": must be a string.',
    cure: 'Write the fields of @key as one string.',
  },
  {
    change: 'a key selects a field with arguments',
    edits: [
      [
        'recommendations',
        'type Product @key(fields: "id")',
        'type Product @key(fields: "related { product { id } }")',
      ],
    ],
    code: 'KEY_FIELDS_HAS_ARGS',
    at: [
      'recommendations',
      'type Product @key(fields: "related { product { id } }") @cacheTag(format: "recommendations") {',
    ],
    message:
      '[recommendations] On type "Product", for @key(fields: "related { product { id } }"): field Product.related',
    cure: 'Choose key fields without arguments.',
  },
  {
    change: 'a key is not closed',
    edits: [['media', 'type Product @key(fields: "id")', 'type Product @key(fields: "id {")']],
    code: 'KEY_INVALID_FIELDS',
    at: ['media', 'type Product @key(fields: "id {") @cacheTag(format: "product-{$key.id}") {'],
    message:
      '[media] On type "Product", for @key(fields: "id {"): Syntax Error: Expected Name, found "}".',
    cure: 'Write the fields of @key as a selection, such as "id" or "id seller { id }".',
  },
  {
    change: 'an entity loses its key where others lead to it',
    edits: [['media', 'type Product @key(fields: "id")', 'type Product']],
    code: 'INVALID_FIELD_SHARING',
    at: ['cart', 'id: ID!'],
    message:
      'Non-shareable field "Product.id" is resolved from multiple subgraphs: it is resolved from subgraphs "cart",',
    cure: 'Add `@key(fields: "id")` to Product in media, by which the others know it.',
  },
  {
    change: 'an entity is keyed by what nobody else has',
    edits: [
      [
        'recommendations',
        'type Product @key(fields: "id") @cacheTag(format: "recommendations") {\n  id: ID!',
        'type Product @key(fields: "slug") @cacheTag(format: "recommendations") {\n  slug: ID!',
      ],
    ],
    code: 'SATISFIABILITY_ERROR',
    at: ['recommendations', 'slug: ID!'],
    message:
      'No query reaches Product.slug. The shortest that would:\n1. catalog: ask `product`\n2. ask `slug`, which stops:',
    cure: 'Add `slug: ID!` to Product in catalog, so that it can lead to recommendations by @key(fields: "slug").',
  },
  {
    change: 'a key is not resolvable',
    edits: [
      [
        'media',
        'type Product @key(fields: "id")',
        'type Product @key(fields: "id", resolvable: false)',
      ],
    ],
    code: 'SATISFIABILITY_ERROR',
    at: ['media', 'media: [Media!]'],
    message:
      'No query reaches Product.media. The shortest that would:\n1. catalog: ask `product`\n2. ask `media`, which stops:',
    cure: 'Remove `resolvable: false` from the @key of Product in media, and resolve its references there.',
  },
  {
    change: 'two subgraphs resolve one field',
    edits: [
      [
        'recommendations',
        'type Product @key(fields: "id") @cacheTag(format: "recommendations") {',
        'type Product @key(fields: "id") @cacheTag(format: "recommendations") {\n  title: String!',
      ],
    ],
    code: 'INVALID_FIELD_SHARING',
    at: ['catalog', 'title: String!'],
    message:
      'Non-shareable field "Product.title" is resolved from multiple subgraphs: it is resolved from subgraphs',
    cure: 'If every subgraph gives the same value, write `title: String! @shareable` in catalog and `title: String! @shareable` in recommendations; else remove it from all but one, or move it with @override(from:).',
  },
  {
    change: 'a shared type is no longer shared',
    edits: [['cart', 'type Money @shareable', 'type Money']],
    code: 'INVALID_FIELD_SHARING',
    at: ['cart', 'amount: Decimal!'],
    message:
      'Non-shareable field "Money.amount" is resolved from multiple subgraphs: it is resolved from subgraphs "cart"',
    cure: 'If every subgraph gives the same value, write `amount: Decimal! @shareable` in cart; else remove it from all but one, or move it with @override(from:).',
  },
  {
    change: 'a field of a shared type has another type',
    edits: [
      ['cart', 'type Money @shareable {', 'type Money @shareable {\n  cents: Int'],
      ['catalog', 'type Money @shareable {', 'type Money @shareable {\n  cents: String'],
    ],
    code: 'FIELD_TYPE_MISMATCH',
    at: ['cart', 'cents: Int'],
    message:
      'Type of field "Money.cents" is incompatible across subgraphs: it has type "Int" in subgraph "cart" but type',
    cure: 'In cart write `cents: String`, as catalog has it, or change it in every subgraph.',
  },
  {
    change: 'a field is an object here and a scalar there',
    edits: [['cart', 'price: Money @external', 'price: Decimal @external']],
    code: 'COMPOSER_FAILED',
    at: ['catalog', 'price: Money @cacheControl(maxAge: 0)'],
    message: 'The composer gave up: type.field is not a function',
    cure: 'Give what is defined in several subgraphs the same kind and type in each.',
  },
  {
    change: 'an external field has another type',
    edits: [['cart', 'quantityAvailable: Int! @external', 'quantityAvailable: String! @external']],
    code: 'EXTERNAL_TYPE_MISMATCH',
    at: ['cart', 'quantityAvailable: String! @external'],
    message:
      'Type of field "Product.quantityAvailable" is incompatible across subgraphs (where marked @external): it has',
    cure: 'In cart write `quantityAvailable: Int!`, as catalog has it, or change it in every subgraph.',
  },
  {
    change: 'an external field exists nowhere',
    edits: [
      [
        'cart',
        'quantityAvailable: Int! @external',
        'quantityAvailable: Int! @external\n  stock: Int @external',
      ],
      ['cart', 'quantityAvailable }")', 'quantityAvailable stock }")'],
    ],
    code: 'EXTERNAL_MISSING_ON_BASE',
    at: ['cart', 'stock: Int @external'],
    message:
      'Field "Product.stock" is marked @external on all the subgraphs in which it is listed (subgraph "cart").',
    cure: 'Add `stock` to Product in catalog, or remove @external.',
  },
  {
    change: 'an external field is not needed',
    edits: [
      [
        'cart',
        'quantityAvailable: Int! @external',
        'quantityAvailable: Int! @external\n  brand: String @external',
      ],
    ],
    code: 'EXTERNAL_UNUSED',
    at: ['cart', 'brand: String @external'],
    message:
      '[cart] Field "Product.brand" is marked @external but is not used in any federation directive (@key,',
    cure: 'Remove the @external field, or name it in @requires, @provides or @key.',
  },
  {
    change: 'a required field is not declared',
    edits: [['cart', 'quantityAvailable }")', 'quantityAvailable brand }")']],
    code: 'REQUIRES_INVALID_FIELDS',
    at: [
      'cart',
      '@requires(fields: "product { price { amount currencyCode } availability quantityAvailable brand }")',
    ],
    message:
      '[cart] On field "CartLine.warnings", for @requires(fields: "product { price { amount currencyCode }',
    cure: 'Name fields in @requires that the type has, each declared here with @external.',
  },
  {
    change: 'a required field is not external',
    edits: [
      ['cart', 'availability: Availability! @external', 'availability: Availability! @shareable'],
    ],
    code: 'REQUIRES_FIELDS_MISSING_EXTERNAL',
    at: ['cart', '@requires('],
    message:
      '[cart] On field "Cart.totals", for @requires(fields: "lines { product { price { amount currencyCode }',
    cure: 'Write `availability: Availability! @external` in Product in cart, without @shareable, or leave it out of the selection.',
  },
  {
    change: 'what another needs is removed',
    edits: [
      ['catalog', '  quantityAvailable: Int! @cacheControl(maxAge: 0)\n', '  pieces: Int!\n'],
    ],
    code: 'EXTERNAL_MISSING_ON_BASE',
    at: ['cart', 'quantityAvailable: Int! @external'],
    message:
      'Field "Product.quantityAvailable" is marked @external on all the subgraphs in which it is listed (subgraph',
    cure: 'Add `quantityAvailable` to Product in catalog, or remove @external.',
  },
  {
    change: 'an enum for input and output gains a value in one subgraph',
    edits: [['cart', 'enum CurrencyCode {', 'enum CurrencyCode {\n  "Swiss franc."\n  CHF']],
    code: 'ENUM_VALUE_MISMATCH',
    at: ['cart', 'enum CurrencyCode {'],
    message:
      'Enum type "CurrencyCode" is used as both input type (for example, as type of "MoneyInput.currencyCode") and',
    cure: 'Add `CHF` to CurrencyCode in catalog and users.',
  },
  {
    change: 'an enum is an object elsewhere',
    edits: [['users', 'input AddressInput {', 'enum Attribute { COLOUR }\ninput AddressInput {']],
    code: 'TYPE_KIND_MISMATCH',
    at: ['catalog', 'type Attribute {'],
    message:
      'Type "Attribute" has mismatched kind: it is defined as Object Type in subgraph "catalog" but Enum Type in',
    cure: 'Define the type as the same kind in every subgraph.',
  },
  {
    change: 'a type that others refer to is removed',
    edits: [['catalog', 'type Attribute {', 'type Property {']],
    code: 'INVALID_GRAPHQL',
    at: [
      'catalog',
      'attributes: [Attribute!]! @cacheControl(maxAge: 60) @listSize(assumedSize: 8)',
    ],
    message: '[catalog] Unknown type Attribute',
    cure: 'Correct the schema; the message says where it is not GraphQL.',
  },
  {
    change: 'an argument is required in one subgraph only',
    edits: [
      ['cart', 'type PageInfo @shareable {', 'type PageInfo @shareable {\n  total(of: Int!): Int'],
      ['catalog', 'type PageInfo @shareable {', 'type PageInfo @shareable {\n  total: Int'],
    ],
    code: 'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH',
    at: ['cart', 'total(of: Int!): Int'],
    message:
      'Argument "PageInfo.total(of:)" is required in some subgraphs but does not appear in all subgraphs: it is',
    cure: 'Add `of: Int!` to PageInfo.total in catalog, or write `of: Int` in cart.',
  },
  {
    change: 'an argument has different types',
    edits: [
      ['cart', 'type PageInfo @shareable {', 'type PageInfo @shareable {\n  total(of: Int): Int'],
      [
        'catalog',
        'type PageInfo @shareable {',
        'type PageInfo @shareable {\n  total(of: String): Int',
      ],
    ],
    code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
    at: ['cart', 'total(of: Int): Int'],
    message:
      'Type of argument "PageInfo.total(of:)" is incompatible across subgraphs: it has type "Int" in subgraph "cart"',
    cure: 'In cart write `of: String`, as catalog has it, or change it in every subgraph.',
  },
  {
    change: 'an argument has different defaults',
    edits: [
      [
        'cart',
        'type PageInfo @shareable {',
        'type PageInfo @shareable {\n  total(of: Int = 1): Int',
      ],
      [
        'catalog',
        'type PageInfo @shareable {',
        'type PageInfo @shareable {\n  total(of: Int = 2): Int',
      ],
    ],
    code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    at: ['cart', 'total(of: Int = 1): Int'],
    message:
      'Argument "PageInfo.total(of:)" has incompatible default values across subgraphs: it has default value 1 in',
    cure: 'Give the argument the same default in every subgraph.',
  },
  {
    change: 'an input field is required in one subgraph only',
    edits: [['cart', 'input MoneyInput {', 'input MoneyInput {\n  cents: Int!']],
    code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    at: ['cart', 'cents: Int!'],
    message:
      'Input object field "MoneyInput.cents" is required in some subgraphs but does not appear in all subgraphs: it',
    cure: 'Add `cents: Int!` to MoneyInput in catalog, or write `cents: Int` in cart.',
  },
  {
    change: 'an input type has nothing in common',
    edits: [
      ['users', 'input AddressInput {', 'input MoneyInput { cents: Int }\ninput AddressInput {'],
    ],
    code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    at: ['cart', 'amount: Decimal!'],
    message:
      'Input object field "MoneyInput.amount" is required in some subgraphs but does not appear in all subgraphs: it',
    cure: 'Add `amount: Decimal!` to MoneyInput in users, or write `amount: Decimal` in cart and catalog.',
  },
  {
    change: 'a field moves from its own subgraph',
    edits: [
      ['media', 'coverImage: Image', 'coverImage: Image @override(from: "media")'],
      ['media', '"@listSize"\n', '"@listSize"\n      "@override"\n'],
    ],
    code: 'OVERRIDE_FROM_SELF_ERROR',
    at: [
      'media',
      'coverImage: Image @override(from: "media") @cacheControl(maxAge: 60, scope: PRIVATE, staleIfError: 600)',
    ],
    message:
      'Source and destination subgraphs "media" are the same for overridden field "Product.coverImage"',
    cure: 'Name another subgraph in @override(from:).',
  },
  {
    change: 'two subgraphs take a field from each other',
    edits: [
      [
        'recommendations',
        'type Product @key(fields: "id") @cacheTag(format: "recommendations") {',
        'type Product @key(fields: "id") @cacheTag(format: "recommendations") {\n  title: String! @override(from: "catalog")',
      ],
      ['recommendations', '"@listSize", "@requires', '"@listSize", "@override", "@requires'],
      [
        'catalog',
        '  title: String!\n  "Plain text, several paragraphs at the most."\n  description: String!\n  "How worn it is; null only',
        '  title: String! @override(from: "recommendations")\n  "Plain text, several paragraphs at the most."\n  description: String!\n  "How worn it is; null only',
      ],
      ['catalog', '"@listSize"\n', '"@listSize"\n      "@override"\n'],
    ],
    code: 'OVERRIDE_SOURCE_HAS_OVERRIDE',
    at: ['catalog', 'title: String! @override(from: "recommendations")'],
    message:
      'Field "Product.title" on subgraph "catalog" is also marked with directive @override in subgraph',
    cure: 'Remove @override from all but the subgraph that is to resolve the field.',
  },
  {
    change: 'an interface field is missing in an implementation',
    edits: [['media', 'interface Media {', 'interface Media {\n  caption: String']],
    code: 'INVALID_GRAPHQL',
    at: ['media', 'caption: String'],
    message: '[media] Interface field Media.caption expected but Image does not provide it.',
    cure: 'Correct the schema; the message says where it is not GraphQL.',
  },
  {
    change: 'another subgraph adds a field to an interface',
    edits: [
      ['catalog', 'type Attribute {', 'interface Media { license: String }\ntype Attribute {'],
    ],
    code: 'INTERFACE_FIELD_NO_IMPLEM',
    at: ['catalog', 'interface Media { license: String }'],
    message:
      'Interface field "Media.license" is declared in subgraph "catalog" but type "Image", which implements "Media"',
    cure: 'Add the field to the type in a subgraph that resolves it, or remove it from the interface.',
  },
  {
    change: 'an object is extended that nobody defines',
    edits: [['users', 'scalar Decimal', 'scalar Decimal\nextend type Shop { name: String }']],
    code: 'EXTENSION_WITH_NO_BASE',
    at: ['users', 'extend type Shop { name: String }'],
    message:
      '[users] Type "Shop" is an extension type, but there is no type definition for "Shop" in any subgraph.',
    cure: 'Remove `extend`, or correct the name of the type.',
  },
  {
    change: 'a field is of a type that does not exist',
    edits: [['catalog', 'brand: String\n  "What one piece', 'brand: Brand\n  "What one piece']],
    code: 'INVALID_GRAPHQL',
    at: ['catalog', 'brand: Brand'],
    message: '[catalog] Unknown type Brand',
    cure: 'Correct the schema; the message says where it is not GraphQL.',
  },
  {
    change: 'a provided field is not external',
    edits: [
      [
        'recommendations',
        'related(first: Int! = 8): [Recommendation!]',
        'related(first: Int! = 8): [Recommendation!] @provides(fields: "product { title }")',
      ],
      ['recommendations', '"@listSize", "@requires', '"@listSize", "@provides", "@requires'],
    ],
    code: 'PROVIDES_INVALID_FIELDS',
    at: [
      'recommendations',
      'related(first: Int! = 8): [Recommendation!] @provides(fields: "product { title }")',
    ],
    message:
      '[recommendations] On field "Product.related", for @provides(fields: "product { title }"): Cannot query field',
    cure: 'Name fields in @provides that the returned type has, each declared here with @external.',
  },
  {
    change: 'a hidden type is still referred to',
    edits: [
      ['catalog', 'type Attribute {', 'type Attribute @inaccessible {'],
      ['catalog', '"@key"', '"@inaccessible"\n      "@key"'],
    ],
    code: 'REFERENCED_INACCESSIBLE',
    at: ['catalog', 'type Attribute @inaccessible {'],
    message:
      'Type "Attribute" is @inaccessible but is referenced by "Product.attributes", which is in the API schema.',
    cure: 'Mark what refers to it @inaccessible too, or leave it visible.',
  },
  {
    change: 'a directive is not imported',
    edits: [['cart', '      "@requires"\n', '']],
    code: 'INVALID_GRAPHQL',
    at: ['cart', '@requires('],
    message:
      '[cart] Unknown directive "@requires". If you meant the "@requires" federation directive, you should use',
    cure: 'Add "@requires" to the `import` of the @link to federation at the top of the schema.',
  },
  {
    change: 'a federation version that does not exist',
    edits: [['users', 'federation/v2.12', 'federation/v2.99']],
    code: 'INVALID_GRAPHQL',
    at: ['users', 'extend schema'],
    message:
      '[users] Unknown directive "@composeDirective". If you meant the "@composeDirective" federation directive, you',
    cure: 'Link a version of federation that has the directive and that the composer knows, such as v2.12.',
  },
  {
    change: 'a value type has a field that only one subgraph gives',
    edits: [['cart', 'type Money @shareable {', 'type Money @shareable {\n  inWords: String']],
    code: 'SATISFIABILITY_ERROR',
    at: ['cart', 'inWords: String'],
    message:
      'No query reaches Money.inWords. The shortest that would:\n1. catalog: ask `product`\n2. catalog: ask `price`\n3. ask `inWords`, which stops:',
    cure: 'Define `inWords: String @shareable` in Money in catalog and cart alike, or make Money an entity with a @key.',
  },
  {
    change: 'a scalar is an enum elsewhere',
    edits: [['cart', 'scalar Decimal', 'enum Decimal { ONE }']],
    code: 'TYPE_KIND_MISMATCH',
    at: ['cart', 'enum Decimal { ONE }'],
    message:
      'Type "Decimal" has mismatched kind: it is defined as Enum Type in subgraph "cart" but Scalar Type in',
    cure: 'Define the type as the same kind in every subgraph.',
  },
  {
    change: 'a listSize names an argument that is not there',
    edits: [
      [
        'recommendations',
        '@listSize(slicingArguments: ["first"])\n    @standIn',
        '@listSize(slicingArguments: ["last"])\n    @standIn',
      ],
    ],
    code: 'LIST_SIZE_INVALID_SLICING_ARGUMENT',
    at: ['recommendations', '@listSize(slicingArguments: ["last"])'],
    message: '[recommendations] Slicing argument "last" is not an argument of "Product.related"',
    cure: 'Name Int arguments of the field in slicingArguments.',
  },
];
