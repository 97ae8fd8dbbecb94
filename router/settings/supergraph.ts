import { str } from 'envalid';
import { type Values, wholeNumber } from '../../process/settings.ts';
import type { ContractTerms } from '../supergraph/contract/terms.ts';
import { list } from './lists.ts';

/** What is served, and to whom of it. */
export interface SupergraphSettings {
  /** Path or URL of the supergraph's SDL. */
  readonly supergraph: string;
  /** Whether the supergraph is read again when it changes there. */
  readonly watchSupergraph: boolean;
  /** How often a supergraph at a URL is asked for. */
  readonly supergraphPollMs: number;
  /** What lets it be read there; null where everyone may. */
  readonly supergraphToken: string | null;
  /** Shows everything to everyone, whatever the supergraph says of who may see what. */
  readonly ignoreSecurityDirectives: boolean;
  /** What clients see. */
  readonly contract: ContractTerms;
  /** Labels of progressive overrides that are on. */
  readonly overrideLabels: readonly string[];
}

export const supergraphSpecs = {
  SUPERGRAPH: str({ default: 'supergraph.graphql', desc: 'path or URL of the supergraph’s SDL' }),
  SUPERGRAPH_WATCH: str({
    choices: ['on', 'off'],
    default: 'on',
    desc: 'on serves the supergraph anew when it changes there; SIGHUP does so at any time',
  }),
  SUPERGRAPH_POLL_MS: wholeNumber(100)({
    default: 10_000,
    desc: 'how often a supergraph at a URL is looked at for changes, give or take a quarter, in milliseconds',
  }),
  SUPERGRAPH_TOKEN: str({
    default: undefined,
    desc: 'what lets the router read a supergraph at a URL, sent as authorization: Bearer',
  }),
  SECURITY_DIRECTIVES: str({
    choices: ['enforce', 'ignore'],
    default: 'enforce',
    desc: 'ignore shows everyone what @authenticated, @requiresScopes and @policy guard: for where something else does',
  }),
  INCLUDED_TAGS: list({
    default: [],
    desc: 'clients see only what carries one of these tags, separated by commas; all of it where there are none',
  }),
  EXCLUDED_TAGS: list({
    default: ['internal'],
    desc: 'clients do not see what carries one of these tags, separated by commas; services do',
  }),
  OVERRIDE_LABELS: list({
    default: [],
    desc: 'labels of progressive @override that are on, separated by commas; percent(n) needs no setting',
  }),
} as const;

export const readSupergraphSettings = (
  values: Values<typeof supergraphSpecs>,
): SupergraphSettings => ({
  supergraph: values.SUPERGRAPH,
  watchSupergraph: values.SUPERGRAPH_WATCH === 'on',
  supergraphPollMs: values.SUPERGRAPH_POLL_MS,
  supergraphToken: values.SUPERGRAPH_TOKEN ?? null,
  ignoreSecurityDirectives: values.SECURITY_DIRECTIVES === 'ignore',
  contract: { include: values.INCLUDED_TAGS, exclude: values.EXCLUDED_TAGS },
  overrideLabels: values.OVERRIDE_LABELS,
});
