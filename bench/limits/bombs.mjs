// Requests that could cost whoever answers them much more than whoever sends them. Each is about `bytes` long.

/** What the bombs are against: enough to be wrong about. */
export const SCHEMA = `
  type Query { node: Node leaf: Int find(filter: Filter, ids: [ID!]): Node }
  type Node { node: Node leaf: Int }
  input Filter { not: Filter all: [Filter!] text: String }
`;

/** @type {(query: string, variables?: string) => string} the body of a request; variables are JSON text */
const body = (query, variables = '{}') =>
  `{"query":${JSON.stringify(query)},"variables":${variables}}`;

/** @type {(text: string, bytes: number) => string} as often as it fits */
const filled = (text, bytes) => text.repeat(Math.floor(bytes / text.length));

/** @type {(bytes: number, of: (n: number) => string) => string} */
const numbered = (bytes, of) => {
  const parts = [];
  for (let n = 0, size = 0; size < bytes; n += 1) {
    const part = of(n);
    parts.push(part);
    size += part.length + 1;
  }
  return parts.join(' ');
};

/** @type {(open: string, close: string, bytes: number) => string} one in another */
const nested = (open, close, bytes) => {
  const levels = Math.floor(bytes / (open.length + close.length));
  return `${open.repeat(levels)}@${close.repeat(levels)}`;
};

/** @type {Readonly<Record<string, (bytes: number) => string>>} */
export const BOMBS = {
  aliases: (bytes) => body(`{ ${numbered(bytes, (n) => `a${n}: leaf`)} }`),
  'one field again and again': (bytes) => body(`{ ${filled('leaf ', bytes)} }`),
  'one object again and again': (bytes) => body(`{ ${filled('node { leaf } ', bytes)} }`),
  directives: (bytes) => body(`{ leaf ${filled('@skip(if: false) ', bytes)} }`),
  'unknown directives': (bytes) => body(`{ leaf ${numbered(bytes, (n) => `@d${n}`)} }`),
  'fields in fields': (bytes) => body(nested('{ node ', '}', bytes).replace('@', '{ leaf }')),
  'braces that never close': (bytes) => body(filled('{', bytes)),
  'fragments that double': (bytes) =>
    body(
      `{ ...f0 } ${numbered(bytes, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)}`,
    ),
  'fragments in a circle': (bytes) =>
    body(`{ ...f0 } ${numbered(bytes, (n) => `fragment f${n} on Query { ...f0 ...f${n} leaf }`)}`),
  'inline fragments': (bytes) => body(`{ ${nested('...{', '}', bytes).replace('@', 'leaf')} }`),
  'a list of literals': (bytes) => body(`{ find(ids: [${filled('1 ', bytes)}]) { leaf } }`),
  'objects in an object literal': (bytes) =>
    body(`{ find(filter: ${nested('{not:', '}', bytes).replace('@', '{}')}) { leaf } }`),
  'lists in a list literal': (bytes) =>
    body(`{ find(ids: ${nested('[', ']', bytes).replace('@', '1')}) { leaf } }`),
  'types in list types': (bytes) =>
    body(`query ($v: ${nested('[', ']', bytes).replace('@', 'ID')}) { leaf }`),
  comments: (bytes) => body(`{ nothing } ${filled('#\n', bytes / 1.5)}`),
  blanks: (bytes) => body(`{ nothing }${filled(' ', bytes)}`),
  'one string': (bytes) => body(`{ nothing(id: "${filled('a', bytes)}") }`),
  operations: (bytes) => body(numbered(bytes, (n) => `query q${n} { leaf }`)),
  variables: (bytes) => body(`query (${numbered(bytes, (n) => `$v${n}: Int`)}) { leaf }`),
  'names that do not exist': (bytes) => body(`{ ${numbered(bytes, (n) => `lea${n}`)} }`),
  'objects in a variable': (bytes) =>
    body(FIND, `{"filter":${nested('{"not":', '}', bytes).replace('@', '{"nothing":1}')}}`),
  'a long list in a variable': (bytes) =>
    body(FIND, `{"filter":{"all":[${filled('{},', bytes)}{"nothing":1}]}}`),
  // As large as the limits of size allow: what is left is what validation does with them.
  'as many fields as may be': () => body(`{ node { ${'leaf '.repeat(998)} unknown } }`),
  'as many equal objects as may be': () => body(`{ node { ${'node{leaf}'.repeat(499)} unknown } }`),
  'as many equal towers as may be': () =>
    body(
      `{ node { ${nested('node{', '}', 6 * 17)
        .replace('@', 'leaf')
        .repeat(55)} unknown } }`,
    ),
};

const FIND = 'query ($filter: Filter) { find(filter: $filter) { leaf } }';
