/** What the parts of the bench hand to each other. */

export type FederationVersion = 1 | 2;

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** What is asked of a router, again and again. */
export interface Workload {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** How many different requests there are; they are sent in turn. Infinity: no request comes twice. */
  readonly variety: number;
  /** The request of a turn; where `variety` is finite, turns beyond it repeat. */
  readonly request: (turn: number) => GraphqlRequest;
  /** Whether the answer comes in parts, of which the first is timed. */
  readonly deferred: boolean;
  /** By subgraph: how long it holds an answer back, in milliseconds. */
  readonly delays: Readonly<Record<string, number>>;
}

/** What a router needs to know to start. */
export interface Arena {
  /** By name: where the subgraph is. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** A folder of this run alone. */
  readonly folder: string;
  /** Path of the supergraph's SDL, in that folder. */
  readonly supergraph: string;
  /** The key of the signature on subgraph requests. */
  readonly signingSecret: string;
}

/** How a router's process is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Where it will listen; without it, the process tells by a message. */
  readonly url?: string;
}

/** A router that is measured. */
export interface Contestant {
  readonly name: string;
  /** One line for people. */
  readonly about: string;
  /** The folder of `peers/` that holds its packages; null where it needs no others than Emporium. */
  readonly peer: string | null;
  readonly federation: FederationVersion;
  /** Whether it signs what it sends to subgraphs. */
  readonly signs: boolean;
  /** The workloads that it was written for; null: any. */
  readonly workloads: readonly RegExp[] | null;
  /** A file that it cannot be started without, once its packages are there; relative to the project. */
  readonly needs: string;
  readonly launch: (arena: Arena) => Launch | Promise<Launch>;
}

/** How long and how hard routers are driven. */
export interface Pace {
  readonly rounds: number;
  readonly connections: number;
  /** Warming up lasts this long, and on to `warmUpRequests`, but never over five times as long. */
  readonly warmUpSeconds: number;
  readonly warmUpRequests: number;
  /** Measuring lasts this long, and on to `requests`, but never over five times as long. */
  readonly seconds: number;
  readonly requests: number;
}

/** What the process of the subgraphs is told. */
export interface SubgraphsSettings {
  readonly federation: FederationVersion;
  readonly delays: Readonly<Record<string, number>>;
}

/** What the process that makes load is told. */
export interface LoadOrder {
  /** Where the router answers. */
  readonly url: string;
  /** The router's process. */
  readonly pid: number;
  readonly workload: string;
  /** By turn: the length of the right answer in bytes; empty where it cannot be known. */
  readonly lengths: readonly number[];
  /** The first turn to ask. */
  readonly firstTurn: number;
  readonly pace: Pace;
  /** Whether the router records a profile from one SIGUSR2 to the next. */
  readonly profile: boolean;
}

/** What the process that makes load saw; times in milliseconds. */
export interface LoadFigures {
  /** CPU of all threads of the router, per request. */
  readonly cpuMs: number;
  /** Requests a second. */
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  readonly rssMb: number;
  /** Requests in all, warming up included. */
  readonly requests: number;
  /** How many answers were not the verified ones: another status or another length. */
  readonly failures: number;
}

export type Verdict =
  | { readonly kind: 'right'; readonly answers: number; readonly lengths: readonly number[] }
  /** It was asked, and gave another answer, or none. */
  | { readonly kind: 'wrong' | 'refused'; readonly reason: string };

/** One router under one workload in one round. */
export type Outcome =
  | {
      readonly kind: 'measured';
      readonly answersVerified: number;
      /** From the start of the process until it listened. */
      readonly readyMs: number;
      /** Subgraph requests per request. */
      readonly fetches: number;
      readonly figures: LoadFigures;
    }
  | { readonly kind: 'wrong' | 'refused' | 'failed'; readonly reason: string };

export interface Run {
  readonly round: number;
  readonly name: string;
  readonly workload: string;
  readonly outcome: Outcome;
}

/** The medians of one router under one workload. */
export interface Row {
  readonly name: string;
  readonly workload: string;
  readonly cpuMs: number;
  /** The least and the most of a round. */
  readonly cpuMsRange: readonly [number, number];
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  readonly rssMb: number;
  readonly readyMs: number;
  readonly fetches: number;
  readonly failures: number;
  /** How many answers were compared with the reference before measuring, in each round. */
  readonly answersVerified: number;
}

/** A router that is not compared, and why: everywhere, or under one workload. */
export interface Left {
  readonly name: string;
  readonly workload: string | null;
  readonly kind: 'absent' | 'wrong' | 'refused' | 'failed' | 'not written for it';
  readonly reason: string;
}

/** Where and with what the figures were taken. */
export interface Circumstances {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  readonly system: string;
  readonly node: string;
  /** Which cores the routers ran on and which the rest; null where processes were not pinned. */
  readonly cores: { readonly router: string; readonly rest: string } | null;
  /** Over one, five and fifteen minutes. */
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
  /** By package. */
  readonly versions: Readonly<Record<string, string>>;
  readonly pace: Pace;
}

export interface Results {
  readonly rows: readonly Row[];
  readonly left: readonly Left[];
  readonly circumstances: Circumstances;
}
