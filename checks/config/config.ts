import type { ContractTerms } from '../../router/supergraph/contract/terms.ts';
import type { LintSettings } from '../lints/settings.ts';

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
