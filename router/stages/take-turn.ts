import { SERVICE_SCHEME } from '../../contract/service-token.ts';
import { breathe } from '../admission/breath.ts';
import type { Importance, Turn, Turns } from '../admission/turns.ts';
import type { PersistedDocuments } from '../documents/persisted.ts';
import type { TrustedDocuments } from '../documents/trusted.ts';
import type { Received } from '../exchange.ts';
import { refusal } from '../refusal.ts';

/** What the stage needs of the router. */
export interface TakingTurns {
  readonly turns: Turns;
  readonly trustedDocuments: Pick<TrustedDocuments, 'find'>;
  readonly persistedDocuments: Pick<PersistedDocuments, 'find'> | null;
}

/** Made once, since it is there where time is short; a client is to wait for a second. */
const OVERLOADED = refusal('OVERLOADED', undefined, {
  limit: 'MAX_REQUESTS_IN_FLIGHT',
  retryAfterS: 1,
});

/**
 * Lets no more requests in than there is room for, queries fewer than changes and these fewer than what services
 * ask, before anything is spent on them: what is refused at once costs little, and what is let in is answered as
 * fast as ever.
 * What is let in goes on when it is its turn, so that others are heard between two of them.
 *
 * @returns what is to be told when the request is over
 * @throws Refusal OVERLOADED
 */
export const takeTurn = async (received: Received, router: TakingTurns): Promise<Turn> => {
  const turn = router.turns.take(importanceOf(received, router));
  if (turn === null) throw OVERLOADED;
  await breathe();
  return turn;
};

/**
 * By a look at what is neither parsed nor verified yet: who claims to change something, or to be a service,
 * will be held to it.
 */
const importanceOf = ({ http, request }: Received, router: TakingTurns): Importance => {
  const { authorization } = http.headers;
  if (String(authorization).startsWith(SERVICE_SCHEME)) return 'service';
  const { query, hash } = request;
  return isChange(query ?? findText(hash ?? '', router)) ? 'change' : 'query';
};

const findText = (hash: string, { trustedDocuments, persistedDocuments }: TakingTurns): string =>
  trustedDocuments.find(hash) ?? persistedDocuments?.find(hash) ?? '';

/** Nearly every text is done with after the first look. */
const isChange = (text: string): boolean => text.includes('mutation') && CHANGE.test(text);

const CHANGE = /^\s*mutation\b|\}\s*mutation\b/;
