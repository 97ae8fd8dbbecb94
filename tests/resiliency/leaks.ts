/** What faults put into what they send, so that it can be recognized wherever it comes out. */
export const SECRETS =
  'SELECT password_hash FROM users failed at Object.<anonymous> (/srv/market/store.js:12:7), 10.0.0.7:5432, ECONNRESET';

/** What no answer may hold, by what it is, each with an example that is found by it alone. */
export const LEAKS = {
  'an address': [/\b\d{1,3}(\.\d{1,3}){3}\b/, '10.0.0.7'],
  'a host of this machine': [/localhost/i, 'localhost'],
  'a port': [/(?<!\d):\d{4,5}\b/, 'db:5432'],
  'a path of files': [
    /\/(srv|tmp|home|usr|var|work|root|dist|node_modules)\/|node:internal/,
    '/srv/market/store',
  ],
  'a stack': [/\bat \S+ \(|\.[cm]?[jt]s:\d+/, 'at store (somewhere)'],
  SQL: [/\b(SELECT|INSERT|UPDATE|DELETE)\b|relation "|syntax error at/, 'SELECT 1'],
  'an error of Node': [
    /\bE(CONN[A-Z]+|PIPE|FBIG|NOSPC|NOTDIR|NOENT|MFILE|TIMEDOUT|AI_AGAIN)\b|UND_ERR/,
    'ECONNREFUSED',
  ],
  'what is behind it': [/prisma|postgres|undici|redis|pg_|FATAL/i, 'PostgreSQL'],
} as const satisfies Readonly<Record<string, readonly [RegExp, string]>>;

/** @returns what of it a text holds, with the words around */
export const leaksIn = (text: string): readonly string[] =>
  Object.entries(LEAKS).flatMap(([what, [pattern]]) => {
    const found = pattern.exec(text);
    return found === null
      ? []
      : [`${what}: ${text.slice(Math.max(0, found.index - 20), found.index + 40)}`];
  });
