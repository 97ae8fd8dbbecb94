import type { Dispatcher } from 'undici';
import type { Departure } from '../execution/departure.ts';
import { SubgraphFailure, UNWANTED } from './failure.ts';

/** A POST to one address. */
export interface Post {
  readonly origin: string;
  readonly path: string;
  readonly headers: string[];
  readonly body: Buffer;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * One POST, answered whole within `timeoutMs` milliseconds. Undici's `dispatch` and not its `request`:
 * there is no stream, no abort signal and no second promise, which together cost more than the rest.
 *
 * @param departure breaks it off when nobody waits for it any more
 * @throws whatever undici fails with; SubgraphFailure where the time is over, or nobody waits
 */
export const post = (
  connections: Dispatcher,
  { origin, path, headers, body }: Post,
  timeoutMs: number,
  departure: Departure | null,
): Promise<PostAnswer> =>
  new Promise((resolve, reject) => {
    let status = 0;
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    /** Why it was given up, perhaps before there was a connection to break off. */
    let reason: SubgraphFailure | undefined;

    const giveUp = (why: SubgraphFailure): void => {
      reason = why;
      controller?.abort(why);
      end();
      reject(why);
    };
    const forget = departure?.onLeave(() => giveUp(UNWANTED));
    // Undici's own time-outs restart with every byte; this one is for the whole.
    const timer = setTimeout(() => {
      giveUp(new SubgraphFailure('SUBGRAPH_TIMEOUT', new Error(`over ${timeoutMs} ms`)));
    }, timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      forget?.();
    };

    connections.dispatch(
      { origin, path, method: 'POST', headers, body },
      {
        onRequestStart: (started) => {
          if (reason === undefined) controller = started;
          else started.abort(reason);
        },
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, chunk) => {
          if (first === undefined) first = chunk;
          else if (more === undefined) more = [first, chunk];
          else more.push(chunk);
        },
        onResponseEnd: () => {
          end();
          const whole = more === undefined ? first : Buffer.concat(more);
          resolve({ status, text: whole?.toString() ?? '' });
        },
        onResponseError: (_controller, error) => {
          end();
          reject(error);
        },
      },
    );
  });
