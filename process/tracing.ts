/** Something that takes time, in a trace. Times are as of `performance.now()`. */
export interface NewSpan {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  readonly startedMs: number;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface Span {
  /** What a request carries that is made within it (https://www.w3.org/TR/trace-context/). */
  readonly traceparent: string;
  readonly child: (span: NewSpan) => Span;
  readonly end: (end: SpanEnd) => void;
}

export interface SpanEnd {
  readonly endedMs: number;
  /** In the place of the name that it began with. */
  readonly name?: string;
  readonly attributes?: Attributes;
  /** What kind of error it ended with; null where it did with none. */
  readonly error: string | null;
}

/** Makes spans, and sends them off in the background; what cannot be sent is dropped. */
export interface Tracing {
  /** Goes on with the trace that a request says it belongs to, or begins one. */
  readonly begin: (
    headers: Readonly<Record<string, string | string[] | undefined>>,
    span: NewSpan,
  ) => Span;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
}
