import type { Logger } from '../process/log.ts';
import type { Turns } from './admission/turns.ts';
import type { CacheStore } from './cache/store.ts';
import type { Meter } from './capacity/meter.ts';
import type { PersistedDocuments } from './documents/persisted.ts';
import type { TrustedDocuments } from './documents/trusted.ts';
import type { Accepts, HttpAnswer, HttpRequest, Prepared, Received } from './exchange.ts';
import { acceptAnswer } from './http/accept.ts';
import type { AccessTokens } from './identity/access-tokens.ts';
import type { Observer } from './observe/observer.ts';
import { passed, type Trail } from './observe/trail.ts';
import type { Rates } from './rates/rates.ts';
import type { RouterSettings } from './settings.ts';
import { admit } from './stages/admit.ts';
import { charge } from './stages/charge.ts';
import { execute } from './stages/execute.ts';
import { explain } from './stages/explain.ts';
import { findDocument } from './stages/find-document.ts';
import { identify } from './stages/identify.ts';
import { maskErrors } from './stages/mask-errors.ts';
import { prepare } from './stages/prepare.ts';
import { price } from './stages/price.ts';
import { receive } from './stages/receive.ts';
import { respond } from './stages/respond.ts';
import { takeTurn } from './stages/take-turn.ts';
import { validate } from './stages/validate.ts';
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
  readonly rates: Rates;
  readonly turns: Turns;
  readonly subscriptions: Subscriptions;
  /** Measures who serves a path that is passed through; null where nobody wants to know. */
  readonly meterOfPath: (path: string) => Meter | null;
  /** Where answers of subgraphs are kept; null where none are. */
  readonly cacheStore: CacheStore | null;
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
  const received = passed(trail, 'receive', receive(http));
  const turn = await takeTurn(received, router);
  let operation: string | null = null;
  try {
    const understood = await understand(received, accepts, router, trail);
    const prepared = explain(understood, trail);
    operation = prepared.query;
    const results = await live.hold(prepared.kind, prepared, async () => {
      const executed = passed(trail, 'execute', await execute(prepared, router, trail.trace));
      return maskErrors(executed, router.settings, router.log);
    });
    return respond(results, accepts);
  } finally {
    turn.end(operation);
  }
};

/** The stages that find out what is asked, by whom, and whether it may be. */
const understand = async (
  received: Received,
  accepts: Accepts,
  router: Router,
  trail: Trail,
): Promise<Prepared> => {
  const identified = passed(trail, 'identify', await identify(received, router));
  const admitted = passed(trail, 'admit', await admit(identified, router));
  const found = passed(trail, 'findDocument', findDocument(admitted, router));
  const validated = passed(trail, 'validate', validate(found, router));
  const priced = passed(trail, 'price', price(validated, router));
  const charged = passed(trail, 'charge', await charge(priced, router));
  const prepared = passed(trail, 'prepare', await prepare(charged));
  acceptAnswer(prepared.kind, accepts);
  return prepared;
};
