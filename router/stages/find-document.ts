import type { PersistedDocuments } from '../documents/persisted.ts';
import type { TrustedDocuments } from '../documents/trusted.ts';
import type { Found, Identified } from '../exchange.ts';
import { refusal } from '../refusal.ts';

/** What the stage needs of the router. */
export interface Finding {
  readonly trustedDocuments: Pick<TrustedDocuments, 'find'>;
  /** Null where clients cannot have documents kept. */
  readonly persistedDocuments: PersistedDocuments | null;
}

/**
 * Finds the document's text: as it was sent, or by its hash among those that frontends have registered
 * and those that clients have sent before.
 *
 * @throws Refusal where the hash is not known, so that the client sends the text beside it, or where it
 *   is another text's
 */
export const findDocument = (identified: Identified, router: Finding): Found => {
  const { query, hash } = identified.request;
  if (hash === null) {
    // Without either, the request was refused before.
    return { ...identified, query: query ?? '' };
  }
  const known = router.trustedDocuments.find(hash) ?? router.persistedDocuments?.find(hash);
  if (query === null) {
    if (known !== undefined) return { ...identified, query: known };
    throw refusal(
      router.persistedDocuments === null
        ? 'PERSISTED_QUERY_NOT_SUPPORTED'
        : 'PERSISTED_QUERY_NOT_FOUND',
    );
  }
  if (known !== query && router.persistedDocuments?.keep(hash, query) === false)
    throw refusal('BAD_REQUEST', 'The `sha256Hash` is not that of the `query`.');
  return { ...identified, query };
};
