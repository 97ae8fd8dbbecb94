import type { IncomingMessage } from 'node:http';
import accepts from 'accepts';
import type { AnswerType } from '../exchange.ts';

/** In the order of preference where the client has none; see GraphQL over HTTP, section 6.3. */
const TYPES = [
  'application/json',
  'application/graphql-response+json',
] as const satisfies AnswerType[];

/** How the client wants its answer; null where it takes neither of the two. */
export const negotiate = (request: IncomingMessage): AnswerType | null => {
  const best = accepts(request).type([...TYPES]);
  return TYPES.find((type) => type === best) ?? null;
};

/** Whether a browser is at the address bar, rather than a program at the API. */
export const wantsHtml = (request: IncomingMessage): boolean =>
  accepts(request).types(['application/json', 'text/html']) === 'text/html';
