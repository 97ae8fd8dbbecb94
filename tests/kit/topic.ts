import { createSource, type Source } from './source.ts';

/** What a subgraph's subscription field tells, and who subscribed to it. */
export interface Topic<Event> {
  /** For `subscribe` of a field. */
  readonly subscribe: () => AsyncIterable<Event>;
  /** Every subscription that was opened, in order. */
  readonly opened: readonly Source<Event>[];
  /** The subscription that is opened next after those that were asked for. */
  readonly next: () => Promise<Source<Event>>;
}

export const createTopic = <Event>(): Topic<Event> => {
  const opened: Source<Event>[] = [];
  const waiting: (() => void)[] = [];
  let asked = 0;
  return {
    opened,
    subscribe: () => {
      const source = createSource<Event>();
      opened.push(source);
      for (const look of waiting.splice(0)) look();
      return source;
    },
    next: async () => {
      const index = asked;
      asked += 1;
      for (;;) {
        const source = opened[index];
        if (source !== undefined) return source;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
};
