import { randomUUID } from 'node:crypto';
import type { Logger } from '../process/log.ts';
import type { AnswerType, HttpAnswer, HttpRequest } from './exchange.ts';
import { Refusal, routerError } from './refusal.ts';
import type { RouterSettings } from './settings.ts';
import { execute } from './stages/execute.ts';
import { identify } from './stages/identify.ts';
import { maskErrors } from './stages/mask-errors.ts';
import { prepare } from './stages/prepare.ts';
import { receive } from './stages/receive.ts';
import { respond, respondRefused } from './stages/respond.ts';
import type { Generation } from './supergraph/generation.ts';
import type { DecideLabel } from './supergraph/override-labels.ts';

/** What requests are answered with. */
export interface Router {
  readonly settings: RouterSettings;
  readonly log: Logger;
  /** The generation that new requests begin with. */
  readonly generation: () => Generation;
  readonly decideLabel: DecideLabel;
}

/** The way of a request: every stage, in order. A stage that refuses ends it. */
const answer = async (http: HttpRequest, type: AnswerType, router: Router): Promise<HttpAnswer> => {
  const { settings, log } = router;
  const received = receive(http);
  const identified = identify(received, settings);
  const prepared = await prepare(identified, router);
  const executed = await execute(prepared);
  const masked = maskErrors(executed, settings, log);
  return respond(masked, type);
};

/** Answers a GraphQL request, whatever comes of it; never throws. */
export const answerRequest = async (
  http: HttpRequest,
  type: AnswerType,
  router: Router,
): Promise<HttpAnswer> => {
  try {
    return await answer(http, type, router);
  } catch (error) {
    return respondRefused(error instanceof Refusal ? error : defect(error, router.log), type);
  }
};

const defect = (error: unknown, log: Logger): Refusal => {
  const errorId = randomUUID();
  log.error({ errorId, err: error }, 'unexpected error');
  const masked = routerError('INTERNAL_SERVER_ERROR', undefined, { extensions: { errorId } });
  return new Refusal('INTERNAL_SERVER_ERROR', [masked]);
};
