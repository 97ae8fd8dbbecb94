import type { Severity } from '../../../checks/finding.ts';
import type { Edit } from '../shop.ts';

/** What is to be said of a change; notes are left out where there is anything worse. */
export interface Expected {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Subgraph and line of the first place; null where it is nowhere in particular. */
  readonly at: readonly [subgraph: string, line: string] | null;
  /** Those that feel it. */
  readonly operations: readonly string[];
}

/** A change of the shop's API, and whom it breaks. */
export interface Case {
  readonly change: string;
  readonly edits: readonly Edit[];
  readonly found: readonly Expected[];
}

/** What the shop's applications have registered. */
export const REGISTERED = {
  storefront: `
query Shelf($kind: Kind) {
  items(kind: $kind) { ...Card }
}
query Books { items(kind: BOOK) { kind } }
query Search($words: String!) {
  find(words: $words) {
    ... on Item { tags(first: 3) }
    ... on Bundle { items { id } }
  }
}
query Item { item(id: 1) { stars reviews { text } } }
query Names { find(words: "x") { ... on Thing { name } } }
mutation Sell($input: Offer!) { offer(input: $input) { id } }
fragment Card on Item { id name colour }
`,
  'services/cart': 'query Stock { stock }',
};

export const CORPUS: readonly Case[] = [
  {
    change: 'a field that is asked is removed',
    edits: [['  kind: Kind!\n  colour: String\n', '  kind: Kind!\n']],
    found: [
      {
        code: 'FIELD_REMOVED',
        severity: 'failure',
        message: 'Field `colour` was removed from object type `Item`',
        at: ['shop', 'type Item implements Thing @key(fields: "id") {'],
        operations: ['storefront Shelf'],
      },
    ],
  },
  {
    change: 'a field that nobody asks is removed',
    edits: [['  by: String\n', '']],
    found: [
      {
        code: 'FIELD_REMOVED',
        severity: 'warning',
        message: 'Field `by` was removed from object type `Review`',
        at: ['reviews', 'type Review {'],
        operations: [],
      },
    ],
  },
  {
    change: 'a field is added',
    edits: [['  by: String\n', '  by: String\n  at: String\n']],
    found: [
      {
        code: 'FIELD_ADDED',
        severity: 'note',
        message: 'Field `at` was added to object type `Review`',
        at: ['reviews', 'at: String'],
        operations: [],
      },
    ],
  },
  {
    change: 'a field that is asked may be null',
    edits: [
      [
        'type Item implements Thing @key(fields: "id") {\n  id: ID!\n  name: String!',
        'type Item implements Thing @key(fields: "id") {\n  id: ID!\n  name: String',
      ],
      [
        'interface Thing {\n  id: ID!\n  name: String!',
        'interface Thing {\n  id: ID!\n  name: String',
      ],
    ],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.name` changed type from `String!` to `String`',
        at: ['shop', 'name: String'],
        operations: ['storefront Shelf', 'storefront Names'],
      },
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Thing.name` changed type from `String!` to `String`',
        at: ['shop', 'name: String'],
        operations: ['storefront Names'],
      },
    ],
  },
  {
    change: 'a field that nobody asks may be null',
    edits: [['type Review {\n  text: String!', 'type Review {\n  text: String']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Review.text` changed type from `String!` to `String`',
        at: ['reviews', 'text: String'],
        operations: ['storefront Item'],
      },
    ],
  },
  {
    change: 'a field is never null any more',
    edits: [['  colour: String\n', '  colour: String!\n']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'note',
        message: 'Field `Item.colour` changed type from `String` to `String!`',
        at: ['shop', 'colour: String!'],
        operations: ['storefront Shelf'],
      },
    ],
  },
  {
    change: 'a scalar becomes another',
    edits: [['  stars: Float', '  stars: String']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.stars` changed type from `Float` to `String`',
        at: ['reviews', 'stars: String'],
        operations: ['storefront Item'],
      },
    ],
  },
  {
    change: 'a list becomes one',
    edits: [['  tags(first: Int): [String!]', '  tags(first: Int): String']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.tags` changed type from `[String!]` to `String`',
        at: ['shop', 'tags(first: Int): String'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'one becomes a list',
    edits: [['  colour: String\n', '  colour: [String!]\n']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.colour` changed type from `String` to `[String!]`',
        at: ['shop', 'colour: [String!]'],
        operations: ['storefront Shelf'],
      },
    ],
  },
  {
    change: 'items of a list may be null',
    edits: [
      [
        'items(kind: Kind, order: Order = NEWEST, filter: Filter): [Item!]!',
        'items(kind: Kind, order: Order = NEWEST, filter: Filter): [Item]!',
      ],
    ],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Query.items` changed type from `[Item!]!` to `[Item]!`',
        at: ['shop', 'items(kind: Kind, order: Order = NEWEST, filter: Filter): [Item]!'],
        operations: ['storefront Shelf', 'storefront Books'],
      },
    ],
  },
  {
    change: 'an object becomes a scalar',
    edits: [['  reviews: [Review!]', '  reviews: [String!]']],
    found: [
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.reviews` changed type from `[Review!]` to `[String!]`',
        at: ['reviews', 'reviews: [String!]'],
        operations: ['storefront Item'],
      },
    ],
  },
  {
    change: 'a field is deprecated',
    edits: [['  colour: String\n', '  colour: String @deprecated(reason: "Ask tags.")\n']],
    found: [
      {
        code: 'FIELD_DEPRECATION_ADDED',
        severity: 'note',
        message: 'Field `Item.colour` is deprecated',
        at: ['shop', 'colour: String @deprecated(reason: "Ask tags.")'],
        operations: [],
      },
    ],
  },
  {
    change: 'an optional argument is added',
    edits: [['tags(first: Int)', 'tags(first: Int, last: Int)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_ADDED',
        severity: 'note',
        message: 'Argument `last: Int` added to field `Item.tags`',
        at: ['shop', 'tags(first: Int, last: Int): [String!]'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'a required argument is added',
    edits: [['tags(first: Int)', 'tags(first: Int, last: Int!)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_ADDED',
        severity: 'failure',
        message: 'Argument `last: Int!` added to field `Item.tags`',
        at: ['shop', 'tags(first: Int, last: Int!): [String!]'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'a required argument with a default is added',
    edits: [['tags(first: Int)', 'tags(first: Int, last: Int! = 1)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_ADDED',
        severity: 'note',
        message: 'Argument `last: Int!` (with default value) added to field `Item.tags`',
        at: ['shop', 'tags(first: Int, last: Int! = 1): [String!]'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'an argument that is given is removed',
    edits: [['tags(first: Int)', 'tags']],
    found: [
      {
        code: 'FIELD_ARGUMENT_REMOVED',
        severity: 'failure',
        message: 'Argument `first: Int` was removed from field `Item.tags`',
        at: ['shop', 'tags: [String!]'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'an argument that nobody gives is removed',
    edits: [
      [
        'items(kind: Kind, order: Order = NEWEST, filter: Filter)',
        'items(kind: Kind, order: Order = NEWEST)',
      ],
    ],
    found: [
      {
        code: 'FIELD_ARGUMENT_REMOVED',
        severity: 'warning',
        message: 'Argument `filter: Filter` was removed from field `Query.items`',
        at: ['shop', 'items(kind: Kind, order: Order = NEWEST): [Item!]!'],
        operations: [],
      },
    ],
  },
  {
    change: 'an argument becomes required',
    edits: [['tags(first: Int)', 'tags(first: Int!)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_TYPE_CHANGED',
        severity: 'failure',
        message: 'Type for argument `first` on field `Item.tags` changed from `Int` to `Int!`',
        at: ['shop', 'tags(first: Int!): [String!]'],
        operations: ['storefront Search'],
      },
    ],
  },
  {
    change: 'an argument becomes optional',
    edits: [['find(words: String!)', 'find(words: String)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_TYPE_CHANGED',
        severity: 'note',
        message:
          'Type for argument `words` on field `Query.find` changed from `String!` to `String`',
        at: ['shop', 'find(words: String): [Found!]!'],
        operations: ['storefront Search', 'storefront Names'],
      },
    ],
  },
  {
    change: 'an argument takes another type',
    edits: [['find(words: String!)', 'find(words: [Int!]!)']],
    found: [
      {
        code: 'FIELD_ARGUMENT_TYPE_CHANGED',
        severity: 'failure',
        message:
          'Type for argument `words` on field `Query.find` changed from `String!` to `[Int!]!`',
        at: ['shop', 'find(words: [Int!]!): [Found!]!'],
        operations: ['storefront Search', 'storefront Names'],
      },
    ],
  },
  {
    change: 'a default changes that is relied on',
    edits: [['order: Order = NEWEST', 'order: Order = CHEAPEST']],
    found: [
      {
        code: 'FIELD_ARGUMENT_DEFAULT_CHANGED',
        severity: 'warning',
        message:
          'Default value for argument `order` on field `Query.items` changed from `"NEWEST"` to `"CHEAPEST"`',
        at: ['shop', 'items(kind: Kind, order: Order = CHEAPEST, filter: Filter): [Item!]!'],
        operations: ['storefront Shelf', 'storefront Books'],
      },
    ],
  },
  {
    change: 'a default is gone that is relied on',
    edits: [['order: Order = NEWEST', 'order: Order']],
    found: [
      {
        code: 'FIELD_ARGUMENT_DEFAULT_CHANGED',
        severity: 'warning',
        message:
          'Default value for argument `order` on field `Query.items` changed from `"NEWEST"` to `undefined`',
        at: ['shop', 'items(kind: Kind, order: Order, filter: Filter): [Item!]!'],
        operations: ['storefront Shelf', 'storefront Books'],
      },
    ],
  },
  {
    change: 'an enum value that is sent is removed',
    edits: [['enum Kind { BOOK LAMP }', 'enum Kind { LAMP }']],
    found: [
      {
        code: 'ENUM_VALUE_REMOVED',
        severity: 'failure',
        message: 'Enum value `BOOK` was removed from enum `Kind`',
        at: ['shop', 'enum Kind { LAMP }'],
        operations: ['storefront Shelf', 'storefront Books', 'storefront Sell'],
      },
    ],
  },
  {
    change: 'an enum value that may come in a variable is removed',
    edits: [['enum Kind { BOOK LAMP }', 'enum Kind { BOOK }']],
    found: [
      {
        code: 'ENUM_VALUE_REMOVED',
        severity: 'failure',
        message: 'Enum value `LAMP` was removed from enum `Kind`',
        at: ['shop', 'enum Kind { BOOK }'],
        operations: ['storefront Shelf', 'storefront Sell'],
      },
    ],
  },
  {
    change: 'an enum value that nobody sends is removed',
    edits: [['enum Order { NEWEST CHEAPEST }', 'enum Order { NEWEST }']],
    found: [
      {
        code: 'ENUM_VALUE_REMOVED',
        severity: 'warning',
        message: 'Enum value `CHEAPEST` was removed from enum `Order`',
        at: ['shop', 'enum Order { NEWEST }'],
        operations: [],
      },
    ],
  },
  {
    change: 'an enum that is read gains a value',
    edits: [['enum Kind { BOOK LAMP }', 'enum Kind { BOOK LAMP CHAIR }']],
    found: [
      {
        code: 'ENUM_VALUE_ADDED',
        severity: 'warning',
        message: 'Enum value `CHAIR` was added to enum `Kind`',
        at: ['shop', 'enum Kind { BOOK LAMP CHAIR }'],
        operations: ['storefront Books'],
      },
    ],
  },
  {
    change: 'an input field that may be given is removed',
    edits: [['kind: Kind! note: String }', 'kind: Kind! }']],
    found: [
      {
        code: 'INPUT_FIELD_REMOVED',
        severity: 'failure',
        message: 'Input field `note` was removed from input object type `Offer`',
        at: ['shop', 'input Offer { name: String! kind: Kind! }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'an input field that nobody gives is removed',
    edits: [['input Filter { text: String maxPrice: Int }', 'input Filter { text: String }']],
    found: [
      {
        code: 'INPUT_FIELD_REMOVED',
        severity: 'warning',
        message: 'Input field `maxPrice` was removed from input object type `Filter`',
        at: ['shop', 'input Filter { text: String }'],
        operations: [],
      },
    ],
  },
  {
    change: 'a required input field is added',
    edits: [['kind: Kind! note: String }', 'kind: Kind! note: String price: Int! }']],
    found: [
      {
        code: 'INPUT_FIELD_ADDED',
        severity: 'failure',
        message: 'Input field `price` of type `Int!` was added to input object type `Offer`',
        at: ['shop', 'input Offer { name: String! kind: Kind! note: String price: Int! }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'an optional input field is added',
    edits: [['kind: Kind! note: String }', 'kind: Kind! note: String price: Int }']],
    found: [
      {
        code: 'INPUT_FIELD_ADDED',
        severity: 'note',
        message: 'Input field `price` of type `Int` was added to input object type `Offer`',
        at: ['shop', 'input Offer { name: String! kind: Kind! note: String price: Int }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'a required input field with a default is added',
    edits: [['kind: Kind! note: String }', 'kind: Kind! note: String price: Int! = 1 }']],
    found: [
      {
        code: 'INPUT_FIELD_ADDED',
        severity: 'note',
        message:
          'Input field `price` of type `Int!` with default value `1` was added to input object type `Offer`',
        at: ['shop', 'input Offer { name: String! kind: Kind! note: String price: Int! = 1 }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'an input field becomes required',
    edits: [['kind: Kind! note: String }', 'kind: Kind! note: String! }']],
    found: [
      {
        code: 'INPUT_FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Input field `Offer.note` changed type from `String` to `String!`',
        at: ['shop', 'input Offer { name: String! kind: Kind! note: String! }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'an input field becomes optional',
    edits: [['input Offer { name: String!', 'input Offer { name: String']],
    found: [
      {
        code: 'INPUT_FIELD_TYPE_CHANGED',
        severity: 'note',
        message: 'Input field `Offer.name` changed type from `String!` to `String`',
        at: ['shop', 'input Offer { name: String kind: Kind! note: String }'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'a member leaves a union',
    edits: [
      ['union Found = Item | Bundle', 'union Found = Item'],
      ['  find(words: String!): [Found!]!', '  find(words: String!): [Found!]!\n  bundle: Bundle'],
    ],
    found: [
      {
        code: 'UNION_MEMBER_REMOVED',
        severity: 'failure',
        message: 'Member `Bundle` was removed from Union type `Found`',
        at: ['shop', 'union Found = Item'],
        operations: ['storefront Search', 'storefront Names'],
      },
    ],
  },
  {
    change: 'a union gains a member',
    edits: [
      [
        'union Found = Item | Bundle',
        'type Voucher { code: String }\nunion Found = Item | Bundle | Voucher',
      ],
    ],
    found: [
      {
        code: 'UNION_MEMBER_ADDED',
        severity: 'warning',
        message: 'Member `Voucher` was added to Union type `Found`',
        at: ['shop', 'union Found = Item | Bundle | Voucher'],
        operations: ['storefront Search', 'storefront Names'],
      },
    ],
  },
  {
    change: 'an object no longer implements an interface',
    edits: [['type Bundle implements Thing', 'type Bundle']],
    found: [
      {
        code: 'OBJECT_TYPE_INTERFACE_REMOVED',
        severity: 'failure',
        message: '`Bundle` object type no longer implements `Thing` interface',
        at: ['shop', 'type Bundle {'],
        operations: ['storefront Names'],
      },
    ],
  },
  {
    change: 'an interface that is asked is removed',
    edits: [
      ['interface Thing {\n  id: ID!\n  name: String!\n}\n', ''],
      ['type Item implements Thing', 'type Item'],
      ['type Bundle implements Thing', 'type Bundle'],
    ],
    found: [
      {
        code: 'TYPE_REMOVED',
        severity: 'failure',
        message: 'Type `Thing` was removed',
        at: ['shop', 'interface Thing {'],
        operations: ['storefront Names'],
      },
      {
        code: 'OBJECT_TYPE_INTERFACE_REMOVED',
        severity: 'failure',
        message: '`Bundle` object type no longer implements `Thing` interface',
        at: ['shop', 'type Bundle {'],
        operations: ['storefront Names'],
      },
      {
        code: 'OBJECT_TYPE_INTERFACE_REMOVED',
        severity: 'failure',
        message: '`Item` object type no longer implements `Thing` interface',
        at: ['shop', 'type Item @key(fields: "id") {'],
        operations: ['storefront Names'],
      },
    ],
  },
  {
    change: 'a type that is read is renamed',
    edits: [
      ['type Review {', 'type Opinion {'],
      ['  reviews: [Review!]', '  reviews: [Opinion!]'],
    ],
    found: [
      {
        code: 'TYPE_REMOVED',
        severity: 'failure',
        message: 'Type `Review` was removed',
        at: ['reviews', 'type Review {'],
        operations: ['storefront Item'],
      },
      {
        code: 'FIELD_TYPE_CHANGED',
        severity: 'failure',
        message: 'Field `Item.reviews` changed type from `[Review!]` to `[Opinion!]`',
        at: ['reviews', 'reviews: [Opinion!]'],
        operations: ['storefront Item'],
      },
    ],
  },
  {
    change: 'a type nobody knows of is removed',
    edits: [['\nscalar Url', '']],
    found: [
      {
        code: 'TYPE_REMOVED',
        severity: 'warning',
        message: 'Type `Url` was removed',
        at: ['shop', 'scalar Url'],
        operations: [],
      },
    ],
  },
  {
    change: 'an object becomes an interface',
    edits: [
      ['type Review {', 'interface Review {'],
      [
        '  by: String\n}',
        '  by: String\n}\ntype Opinion implements Review { text: String! by: String }',
      ],
    ],
    found: [
      {
        code: 'TYPE_KIND_CHANGED',
        severity: 'failure',
        message: '`Review` kind changed from `ObjectTypeDefinition` to `InterfaceTypeDefinition`',
        at: ['reviews', 'interface Review {'],
        operations: ['storefront Item'],
      },
    ],
  },
  {
    change: 'the mutation is removed',
    edits: [['type Mutation {\n  offer(input: Offer!): Item\n}\n', '']],
    found: [
      {
        code: 'SCHEMA_MUTATION_TYPE_CHANGED',
        severity: 'warning',
        message: 'Schema mutation type `Mutation` was removed.',
        at: null,
        operations: [],
      },
      {
        code: 'TYPE_REMOVED',
        severity: 'failure',
        message: 'Type `Mutation` was removed',
        at: ['shop', 'type Mutation {'],
        operations: ['storefront Sell'],
      },
    ],
  },
  {
    change: 'a field is hidden from clients',
    edits: [['  colour: String\n', '  colour: String @tag(name: "internal")\n']],
    found: [
      {
        code: 'FIELD_REMOVED',
        severity: 'failure',
        message: 'Field `colour` was removed from object type `Item`',
        at: ['shop', 'colour: String @tag(name: "internal")'],
        operations: ['storefront Shelf'],
      },
    ],
  },
  {
    change: 'what only services see and ask is removed',
    edits: [['  stock: Int @tag(name: "internal")\n', '']],
    found: [
      {
        code: 'FIELD_REMOVED',
        severity: 'failure',
        message: 'Field `stock` was removed from object type `Query`',
        at: ['shop', 'type Query {'],
        operations: ['services/cart Stock'],
      },
    ],
  },
  {
    change: 'what only services see and nobody asks is removed',
    edits: [['  secret: String @tag(name: "internal")\n', '']],
    found: [
      {
        code: 'FIELD_REMOVED',
        severity: 'note',
        message: 'Field `secret` was removed from object type `Item`',
        at: ['shop', 'type Item implements Thing @key(fields: "id") {'],
        operations: [],
      },
    ],
  },
];
