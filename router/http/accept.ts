import type { IncomingMessage } from 'node:http';
import accepts from 'accepts';
import type { AnswerType } from '../exchange.ts';

/** In the order of preference where the client has none; see GraphQL over HTTP, section 6.3. */
const TYPES = [
  'application/json',
  'application/graphql-response+json',
] as const satisfies AnswerType[];

const CHARSET = '; charset=utf-8';

/** How the client wants its answer; null where it takes neither of the two. */
export const negotiate = (request: IncomingMessage): AnswerType | null => {
  // What is asked for with a charset is met only by an offer with one.
  const best = accepts(request).type(TYPES.flatMap((type) => [type, `${type}${CHARSET}`]));
  return TYPES.find((type) => best === type || best === `${type}${CHARSET}`) ?? null;
};

/** Whether a browser is at the address bar, rather than a program at the API. */
export const wantsHtml = (request: IncomingMessage): boolean =>
  accepts(request).types(['application/json', 'text/html']) === 'text/html';
