import type { LintSettings } from '../lints/settings.ts';

/** What of a supergraph a contract shows, by tags; as GraphOS has it. */
export interface ContractTerms {
  /** Only what carries one of these; all where it is empty. */
  readonly include: readonly string[];
  /** Never what carries one of these. */
  readonly exclude: readonly string[];
}

/** What `checks.yaml` says; every key may be left out. */
export interface ChecksConfig {
  /** The folder of the registered operations. */
  readonly operations: string;
  /** A file that says how often they are asked. */
  readonly usage: string | null;
  /** What clients see. */
  readonly clients: ContractTerms;
  readonly lints: LintSettings;
  /** By name. */
  readonly contracts: Readonly<Record<string, ContractTerms>>;
}
