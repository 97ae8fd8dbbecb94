/** A queue between those who have something to say and the one who listens. */
export interface Channel<Item> {
  readonly push: (item: Item) => void;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
  /** To be read once. */
  readonly items: AsyncIterable<Item>;
}

/** Holds what was not read yet: for senders that say a bounded number of things. */
export const createChannel = <Item>(): Channel<Item> => {
  const queue: Item[] = [];
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};

  const read = async function* (): AsyncGenerator<Item> {
    for (;;) {
      const item = queue.shift();
      if (item !== undefined) yield item;
      else if (failure !== undefined) throw failure.error;
      else if (ended) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  };
  return {
    push: (item) => {
      queue.push(item);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    fail: (error) => {
      failure ??= { error };
      wake();
    },
    items: read(),
  };
};
