import type { Logger } from '../process/log.ts';
import type { PersistedDocuments } from './documents/persisted.ts';
import type { TrustedDocuments } from './documents/trusted.ts';
import type { Accepts, HttpAnswer, HttpRequest } from './exchange.ts';
import { acceptAnswer } from './http/accept.ts';
import type { AccessTokens } from './identity/access-tokens.ts';
import type { Observer } from './observe/observer.ts';
import { passed, type Trail } from './observe/trail.ts';
import type { RouterSettings } from './settings.ts';
import { execute } from './stages/execute.ts';
import { explain } from './stages/explain.ts';
import { findDocument } from './stages/find-document.ts';
import { identify } from './stages/identify.ts';
import { maskErrors } from './stages/mask-errors.ts';
import { prepare } from './stages/prepare.ts';
import { receive } from './stages/receive.ts';
import { respond } from './stages/respond.ts';
import type { Live } from './subscriptions/live.ts';
import type { Subscriptions } from './subscriptions/subscriptions.ts';
import type { Generation } from './supergraph/generation.ts';
import type { DecideLabel } from './supergraph/override-labels.ts';

/** What requests are answered with. */
export interface Router {
  readonly settings: RouterSettings;
  readonly log: Logger;
  /** The generation that new requests begin with. */
  readonly generation: () => Generation;
  readonly decideLabel: DecideLabel;
  readonly accessTokens: AccessTokens;
  readonly trustedDocuments: TrustedDocuments;
  /** Null where clients cannot have documents kept. */
  readonly persistedDocuments: PersistedDocuments | null;
  readonly subscriptions: Subscriptions;
  readonly observer: Observer;
}

/**
 * The way of a request: every stage, in order.
 *
 * @throws Refusal where a stage does not let it through.
 */
export const answer = async (
  http: HttpRequest,
  accepts: Accepts,
  router: Router,
  live: Live,
  trail: Trail,
): Promise<HttpAnswer> => {
  const { settings, log } = router;
  const received = passed(trail, 'receive', receive(http));
  const identified = passed(trail, 'identify', await identify(received, router));
  const found = passed(trail, 'findDocument', findDocument(identified, router));
  const planned = passed(trail, 'prepare', await prepare(found, router));
  const prepared = explain(planned, trail);
  acceptAnswer(prepared.kind, accepts);
  const results = await live.hold(prepared.kind, prepared, async () => {
    const executed = passed(
      trail,
      'execute',
      await execute(prepared, router.subscriptions, trail.trace),
    );
    return maskErrors(executed, settings, log);
  });
  return respond(results, accepts);
};
