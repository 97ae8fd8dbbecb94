import type { Agent, Dispatcher } from 'undici';
import { SubgraphFailure } from './failure.ts';

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
 * @throws whatever undici fails with; SubgraphFailure where the time is over
 */
export const post = (
  connections: Agent,
  { origin, path, headers, body }: Post,
  timeoutMs: number,
): Promise<PostAnswer> =>
  new Promise((resolve, reject) => {
    let status = 0;
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let controller: Dispatcher.DispatchController | undefined;

    // Undici's own time-outs restart with every byte; this one is for the whole.
    const timer = setTimeout(() => {
      const late = new SubgraphFailure('SUBGRAPH_TIMEOUT', new Error(`over ${timeoutMs} ms`));
      controller?.abort(late);
      reject(late);
    }, timeoutMs);

    connections.dispatch(
      { origin, path, method: 'POST', headers, body },
      {
        onRequestStart: (started) => {
          controller = started;
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
          clearTimeout(timer);
          const whole = more === undefined ? first : Buffer.concat(more);
          resolve({ status, text: whole?.toString() ?? '' });
        },
        onResponseError: (_controller, error) => {
          clearTimeout(timer);
          reject(error);
        },
      },
    );
  });
