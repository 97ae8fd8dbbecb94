import type { Logger } from '../../process/log.ts';
import { SettingsError } from '../../process/settings.ts';
import type { FindSettings } from './find-operation.ts';
import { buildGeneration, type Generation, type GenerationOptions } from './generation.ts';
import { prepareAgain } from './prepare-operation.ts';
import type { SupergraphSource } from './source.ts';

/** The generation that is served, and the way to the next. */
export interface Generations {
  /** What new requests begin with; those under way keep theirs. */
  readonly current: () => Generation;
  /**
   * Reads the supergraph again and serves it, unless it is the same or cannot be served: then the
   * one that is served stays. Never rejects.
   */
  readonly reload: () => Promise<Reload>;
  /** Called after each swap, which counts as done when what it gives is. */
  readonly onSwap: (listener: (next: Generation) => void | Promise<void>) => void;
  readonly close: () => Promise<void>;
}

export type Reload = 'swapped' | 'unchanged' | 'refused';

/** So many of the operations that were used last are ready before their generation is served. */
const WARMED = 200;

/**
 * Loads the first generation and follows its source.
 *
 * @throws SettingsError where there is no supergraph that can be served
 */
export const openGenerations = async (
  source: SupergraphSource,
  options: GenerationOptions,
  settings: FindSettings,
  log: Logger,
): Promise<Generations> => {
  const listeners: ((next: Generation) => void | Promise<void>)[] = [];
  let current = await first(source, options);
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  const replace = async (): Promise<Reload> => {
    const began = performance.now();
    const sdl = await source.read();
    if (closed || sdl === current.sdl) return 'unchanged';
    const next = await buildGeneration(sdl, options);
    const warmed = await warm(next, current, settings);
    current = next;
    for (const listener of listeners) await listener(next);
    const ms = Math.round(performance.now() - began);
    log.info({ generation: next.id.slice(0, 12), warmed, ms }, 'serving another supergraph');
    return 'swapped';
  };

  const refuse = (error: unknown): Reload => {
    const reason = error instanceof SettingsError ? error.message : error;
    log.error({ supergraph: source.name, err: reason }, 'not served; the one before stays');
    return 'refused';
  };

  /** One at a time, each with what is there when its turn comes. */
  const reload = (): Promise<Reload> => {
    const reloading = turn.then(replace).catch(refuse);
    turn = reloading;
    return reloading;
  };

  const unwatch = source.watch(() => void reload());
  return {
    current: () => current,
    reload,
    onSwap: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true;
      await unwatch();
      await turn;
    },
  };
};

const first = async (source: SupergraphSource, options: GenerationOptions): Promise<Generation> => {
  try {
    return await buildGeneration(await source.read(), options);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(`SUPERGRAPH: ${error.message}`);
  }
};

/** Prepares what is asked most, beside the requests that are served; what does not fit any more is left. */
const warm = async (
  next: Generation,
  before: Generation,
  settings: FindSettings,
): Promise<number> => {
  let warmed = 0;
  for (const hot of before.clients.operations.hottest(WARMED)) {
    await prepareAgain(next, hot, settings).then(
      () => {
        warmed += 1;
      },
      () => {},
    );
  }
  return warmed;
};
