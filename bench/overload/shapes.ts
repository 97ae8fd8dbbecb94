/** What came of one rate. */
export interface Figures {
  /** Requests that were sent, a second. */
  readonly offered: number;
  /** Requests that were answered rightly and in time, a second. */
  readonly goodput: number;
  /** Of the queries, the share that was. */
  readonly queries: number;
  readonly changes: number;
  /** The share that was refused with 503. */
  readonly refused: number;
  /** The share that was not answered in time, or wrongly. */
  readonly late: number;
  /** Of what was answered in time, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the router by time. */
  readonly cpuShare: number;
}

export interface Flow {
  /** Multiple of the peak. */
  readonly times: number;
  /** What is answered at most, a second: the mean of what was just before and just after. */
  readonly peak: number;
  readonly before: Figures;
  readonly figures: Figures;
}

/** What the process that sends is told. */
export interface Order {
  readonly url: string;
  readonly pid: number;
  readonly workload: string;
  /** A second; null for as much as is answered. */
  readonly rate: number | null;
  readonly seconds: number;
}
