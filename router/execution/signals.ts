/** Tells those who wait for fetches by id that they have answered. */
export interface Signals {
  readonly give: (id: string) => void;
  /** Nothing more will be fetched: whatever was waited for counts as given. */
  readonly giveAll: () => void;
  readonly all: (ids: readonly string[]) => Promise<void>;
}

export const createSignals = (): Signals => {
  const given = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  let over = false;
  const one = (id: string): Promise<void> =>
    over || given.has(id)
      ? Promise.resolve()
      : new Promise((resolve) => {
          waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
        });
  const wake = (id: string): void => {
    for (const resolve of waiting.get(id) ?? []) resolve();
    waiting.delete(id);
  };
  return {
    give: (id) => {
      given.add(id);
      wake(id);
    },
    giveAll: () => {
      over = true;
      for (const id of [...waiting.keys()]) wake(id);
    },
    all: async (ids) => {
      await Promise.all(ids.map(one));
    },
  };
};
