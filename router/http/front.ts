import type { Logger } from '../../process/log.ts';
import type { Accepts, HttpAnswer } from '../exchange.ts';
import type { Observer } from '../observe/observer.ts';
import type { Trail } from '../observe/trail.ts';
import type { RouterSettings } from '../settings.ts';
import type { Live } from '../subscriptions/live.ts';
import type { ClientAddress } from './client-address.ts';

/** What the ways in (HTTP, WebSocket) know of the router behind them. */
export interface Front {
  readonly settings: RouterSettings;
  readonly log: Logger;
  readonly live: Live;
  readonly clientAddress: ClientAddress;
  readonly observer: Observer;
  /** Takes a request through the stages; throws a Refusal where one of them does not let it through. */
  readonly answer: (trail: Trail, accepts: Accepts) => Promise<HttpAnswer>;
}
