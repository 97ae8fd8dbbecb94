/** Where a test's results come from: it gives them one by one, and sees when the router gives up. */
export interface Source<Result = string> extends AsyncIterable<Result> {
  /** Resolves when the router has taken the result, or has given the source up. */
  readonly give: (result: Result) => Promise<void>;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
  /** Resolves when the source was given up, or is over. */
  readonly closed: Promise<void>;
  readonly isClosed: () => boolean;
}

interface Offer<Result> {
  readonly result: Result;
  readonly taken: () => void;
}

interface Reader<Result> {
  readonly resolve: (result: IteratorResult<Result>) => void;
  readonly reject: (error: unknown) => void;
}

export const createSource = <Result = string>(): Source<Result> => {
  const offers: Offer<Result>[] = [];
  const readers: Reader<Result>[] = [];
  let over = false;
  let failure: { readonly error: unknown } | null = null;
  let close = (): void => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });

  const serve = (): void => {
    while (readers.length > 0) {
      const offer = offers.shift();
      if (offer === undefined && !over) return;
      const reader = readers.shift();
      if (offer !== undefined) reader?.resolve({ done: false, value: offer.result });
      else if (failure !== null) reader?.reject(failure.error);
      else reader?.resolve({ done: true, value: undefined });
      offer?.taken();
    }
  };
  const finish = (): void => {
    over = true;
    serve();
    close();
  };

  return {
    closed,
    isClosed: () => over,
    end: finish,
    fail: (error) => {
      failure = { error };
      finish();
    },
    give: (result) =>
      new Promise((taken) => {
        if (over) return taken();
        offers.push({ result, taken });
        serve();
      }),
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise((resolve, reject) => {
          readers.push({ resolve, reject });
          serve();
        }),
      return: async () => {
        for (const { taken } of offers.splice(0)) taken();
        finish();
        return { done: true, value: undefined };
      },
    }),
  };
};
