import type { Edit } from './library.ts';

/** A change of the library that makes a plan dearer or cheaper, and what is to be said of it. */
export interface Case {
  readonly change: string;
  readonly operation: string;
  readonly edits: readonly Edit[];
  readonly code: string;
  /** Line by line. */
  readonly message: readonly string[];
}

/** The edits that cases share. */
const PAGES_MOVE: readonly Edit[] = [
  ['books', '  pages: Int\n', ''],
  ['ratings', 'stars: Float blurb', 'stars: Float pages: Int blurb'],
];
const SHELF_NEEDS_STARS: readonly Edit[] = [
  [
    'shelves',
    '  shelf: String',
    '  stars: Float @external\n  shelf: String @requires(fields: "stars")',
  ],
];
const NOTHING_PROVIDED: readonly Edit[] = [
  ['shelves', ' @provides(fields: "title")', ''],
  ['shelves', '  title: String @external\n', ''],
];

export const CORPUS: readonly Case[] = [
  {
    change: 'a field moves to another subgraph',
    operation: 'query Q { book(id: 1) { title pages } }',
    edits: PAGES_MOVE,
    code: 'PLAN_GREW',
    message: [
      'reader Q: 1 → 2 requests to subgraphs, 1 → 2 requests one after the other, 0 → 1 requests for entities. New: ratings: Book at book.',
      '  1. books',
      '+ 2. ratings: Book at book',
    ],
  },
  {
    change: 'what was provided is not any more',
    operation: 'query Q { random { title } }',
    edits: NOTHING_PROVIDED,
    code: 'PLAN_GREW',
    message: [
      'reader Q: 1 → 2 requests to subgraphs, 1 → 2 requests one after the other, 0 → 1 requests for entities. New: books: Book at random.',
      '  1. shelves',
      '+ 2. books: Book at random',
    ],
  },
  {
    change: 'what was shared is in one subgraph alone',
    operation: 'query Q { book(id: 1) { blurb } }',
    edits: [
      ['books', '  blurb: String @shareable\n', ''],
      ['ratings', 'blurb: String @shareable', 'blurb: String'],
    ],
    code: 'PLAN_GREW',
    message: [
      'reader Q: 1 → 2 requests to subgraphs, 1 → 2 requests one after the other, 0 → 1 requests for entities. New: ratings: Book at book.',
      '  1. books',
      '+ 2. ratings: Book at book',
    ],
  },
  {
    change: 'a field requires what a third subgraph has',
    operation: 'query Q { book(id: 1) { shelf } }',
    edits: SHELF_NEEDS_STARS,
    code: 'PLAN_GREW',
    message: [
      'reader Q: 2 → 3 requests to subgraphs, 2 → 3 requests one after the other, 1 → 2 requests for entities. New: ratings: Book at book.',
      '  1. books',
      '- 2. shelves: Book at book',
      '+ 2. ratings: Book at book',
      '+ 3. shelves: Book at book',
    ],
  },
  {
    change: 'a subgraph knows an entity by another key',
    operation: 'query Q { book(id: 1) { author { name } } }',
    edits: [
      ['people', '@key(fields: "id") { id: ID! name', '@key(fields: "card") { card: ID! name'],
      [
        'ratings',
        'type Film @key',
        'type Person @key(fields: "id") @key(fields: "card") { id: ID! card: ID! }\ntype Film @key',
      ],
    ],
    code: 'PLAN_GREW',
    message: [
      'reader Q: 2 → 3 requests to subgraphs, 2 → 3 requests one after the other, 1 → 2 requests for entities. New: ratings: Person at book.author.',
      '  1. books',
      '- 2. people: Person at book.author',
      '+ 2. ratings: Person at book.author',
      '+ 3. people: Person at book.author',
    ],
  },
  {
    change: 'one of the types of an interface gets its field elsewhere',
    operation: 'query Q { newest { ... on Book { stars } ... on Film { stars } } }',
    edits: [
      ['ratings', 'type Film @key(fields: "id") { id: ID! stars: Float }', ''],
      ['shelves', 'type Book', 'type Film @key(fields: "id") { id: ID! stars: Float }\ntype Book'],
    ],
    code: 'PLAN_GREW',
    message: [
      'reader Q: 2 → 3 requests to subgraphs, 1 → 2 requests for entities. New: ratings: Book at newest; shelves: Film at newest.',
      '  1. books',
      '- 2. ratings: Book, Film at newest',
      '+ 2. ratings: Book at newest',
      '+ 2. shelves: Film at newest',
    ],
  },
  {
    change: 'a root field moves away from what it leads to',
    operation: 'query Q { person(id: 1) { name } }',
    edits: [
      ['people', 'type Query { person(id: ID!): Person }', ''],
      [
        'ratings',
        'type Film @key',
        'type Query { person(id: ID!): Person }\ntype Person @key(fields: "id") { id: ID! }\ntype Film @key',
      ],
    ],
    code: 'PLAN_GREW',
    message: [
      'reader Q: 1 → 2 requests to subgraphs, 1 → 2 requests one after the other, 0 → 1 requests for entities. New: ratings; people: Person at person.',
      '- 1. people',
      '+ 1. ratings',
      '+ 2. people: Person at person',
    ],
  },
  {
    change: 'two root fields are of two subgraphs',
    operation: 'query Q { book(id: 1) { title } newest { id } }',
    edits: [
      ['books', ' newest: [Work!] @shareable', ''],
      [
        'ratings',
        'type Film @key',
        'type Query { newest: [Work!] }\ninterface Work { id: ID! }\ntype Film implements Work @key',
      ],
      ['ratings', 'type Book @key', 'type Book implements Work @key'],
      ['books', 'interface Work { id: ID! title: String }', 'interface Work { id: ID! }'],
    ],
    code: 'PLAN_GREW',
    message: ['reader Q: 1 → 2 requests to subgraphs. New: ratings.', '  1. books', '+ 1. ratings'],
  },
  {
    change: 'a field comes where it is needed, and the budget is too wide',
    operation: '# budget: fetches 2, depth 2\nquery Q { book(id: 1) { title stars } }',
    edits: [
      ['ratings', 'id: ID! stars: Float blurb', 'id: ID! blurb'],
      ['books', '  pages: Int\n', '  pages: Int\n  stars: Float\n'],
    ],
    code: 'PLAN_SHRANK',
    message: [
      'reader Q: 2 → 1 requests to subgraphs, 2 → 1 requests one after the other, 1 → 0 requests for entities.',
      '  1. books',
      '- 2. ratings: Book at book',
    ],
  },
  {
    change: 'a budget of fetches is exceeded',
    operation: '# budget: fetches 1\nquery Q { book(id: 1) { title pages } }',
    edits: PAGES_MOVE,
    code: 'BUDGET_EXCEEDED',
    message: [
      'reader Q takes 2 requests to subgraphs, and its budget is 1:',
      '1. books',
      '2. ratings: Book at book',
    ],
  },
  {
    change: 'a budget of depth is exceeded',
    operation: '# budget: depth 2\nquery Q { book(id: 1) { shelf } }',
    edits: SHELF_NEEDS_STARS,
    code: 'BUDGET_EXCEEDED',
    message: [
      'reader Q takes 3 requests one after the other, and its budget is 2:',
      '1. books',
      '2. ratings: Book at book',
      '3. shelves: Book at book',
    ],
  },
  {
    change: 'a budget of entities is exceeded',
    operation: '# budget: entities 0\nquery Q { random { title } }',
    edits: NOTHING_PROVIDED,
    code: 'BUDGET_EXCEEDED',
    message: [
      'reader Q takes 1 requests for entities, and its budget is 0:',
      '1. shelves',
      '2. books: Book at random',
    ],
  },
];
