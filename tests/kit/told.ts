/** What a client told of an operation. */
export type Told<Value> =
  | { readonly kind: 'next'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'complete' };

interface Sink<Value> {
  readonly next: (value: Value) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

/** What is told one after the other, to be asked for in order. */
export interface Tellings<Value> {
  readonly next: () => Promise<Told<Value>>;
  /** Tells the client that nobody listens any more. */
  readonly stop: () => void;
}

/** Listens with `subscribe`, which gives what ends the listening. */
export const listen = <Value>(subscribe: (sink: Sink<Value>) => () => void): Tellings<Value> => {
  const told: Told<Value>[] = [];
  const asked: ((told: Told<Value>) => void)[] = [];
  const tell = (each: Told<Value>): void => {
    const ask = asked.shift();
    if (ask === undefined) told.push(each);
    else ask(each);
  };
  const stop = subscribe({
    next: (value) => tell({ kind: 'next', value }),
    error: (error) => tell({ kind: 'error', error }),
    complete: () => tell({ kind: 'complete' }),
  });
  return {
    stop,
    next: () =>
      new Promise((resolve) => {
        const each = told.shift();
        if (each === undefined) asked.push(resolve);
        else resolve(each);
      }),
  };
};
