import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { backOff, HEALTHY_MS } from './back-off.ts';
import type { Logger } from './log.ts';
import { SettingsError } from './settings.ts';

/** A process that runs. */
export interface Instance {
  readonly pid: number;
  /** Settles when it is gone, however that came; says how. */
  readonly exited: Promise<string>;
  /** Ends it and waits until it is gone. */
  readonly stop: (leaving?: Leaving) => Promise<void>;
}

/** How something goes: at once, or when nobody needs it any more. */
export type Leaving = 'stopped' | 'retired';

/** Something that is started again whenever it dies. */
export interface Kept<I extends Instance> {
  /** The instance that runs now, or while it is being started again the one before. */
  readonly instance: () => I;
  /** Stops it in good order and waits until a new one is ready. */
  readonly restart: () => Promise<void>;
  readonly stop: (leaving?: Leaving) => Promise<void>;
}

export interface KeepOptions<I extends Instance> {
  readonly name: string;
  /** Gives an instance that is ready, or throws; leaves nothing behind when the signal aborts it. */
  readonly start: (signal: AbortSignal) => Promise<I>;
  readonly log: Logger;
  /** Told in words, for the screen. */
  readonly say?: (line: string) => void;
  /** Gives up the first start. */
  readonly signal?: AbortSignal;
}

/**
 * Starts something and keeps it running until it is stopped: what dies is started again, at once
 * when that was asked for, else after growing pauses, for ever.
 *
 * @throws what the first start throws
 */
export const keepRunning = async <I extends Instance>(
  options: KeepOptions<I>,
): Promise<Kept<I>> => {
  const { name, start, log, say = () => {} } = options;
  const stopping = new AbortController();
  const events = new EventEmitter();
  let wake = new AbortController();
  let askedFor = false;
  let deaths = 0;
  let current = await start(options.signal ?? stopping.signal);
  let startedAt = Date.now();

  const pause = async (): Promise<void> => {
    if (askedFor) return;
    const waitMs = backOff(deaths);
    say(`${name} stopped and is started again in ${(waitMs / 1000).toFixed(1)} s`);
    wake = new AbortController();
    const signal = AbortSignal.any([stopping.signal, wake.signal]);
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  };

  const revive = async (): Promise<void> => {
    await pause();
    if (stopping.signal.aborted) return;
    const isSurprise = !askedFor;
    askedFor = false;
    try {
      current = await start(stopping.signal);
    } catch (error) {
      deaths += 1;
      if (stopping.signal.aborted) return;
      log.error({ process: name, err: error }, 'did not start');
      // What it reads at its start was edited: whoever did that can mend it.
      if (error instanceof SettingsError) say(error.message);
      return revive();
    }
    startedAt = Date.now();
    log.info({ process: name, pid: current.pid }, 'started again');
    if (isSurprise) say(`${name} runs again`);
    events.emit('ready');
  };

  const watch = async (): Promise<void> => {
    const how = await current.exited;
    if (stopping.signal.aborted) return;
    const wasHealthy = askedFor || Date.now() - startedAt > HEALTHY_MS;
    deaths = wasHealthy ? 1 : deaths + 1;
    if (!askedFor) log.error({ process: name, pid: current.pid, how, deaths }, 'died');
    await revive();
    return watch();
  };
  const watching = watch();

  return {
    instance: () => current,
    restart: async () => {
      const ready = once(events, 'ready', { signal: stopping.signal }).catch(() => {});
      askedFor = true;
      wake.abort();
      await current.stop();
      await ready;
    },
    stop: async (leaving) => {
      stopping.abort();
      await current.stop(leaving);
      await watching;
    },
  };
};
