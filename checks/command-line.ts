import { parseArgs } from 'node:util';
import { CheckFailure } from './failure.ts';
import { PARTS, type Part } from './finding.ts';

export const HELP = `Judges a schema change before it lands: the working tree, compared with a base.

  npm run check                        compare with where this branch left the trunk
  npm run check -- --base REF          with a commit, branch or tag
  npm run check -- --base FILE|URL     with a supergraph, or another supergraph.yaml
  npm run check -- --only breaks,costs some parts alone
  npm run check -- --subgraph NAME --schema FILE [--routing-url URL]
                                       as if the subgraph had this schema, compared with the working tree
  npm run check -- --watch             again whenever a schema or an operation is edited; what takes longer than a
                                       moment (costs, survives, contracts) only where --only names it

Parts: composes    do the subgraphs make a supergraph?
       breaks      whom do changes of the API break?
       costs       what do registered operations take, and what have they taken before?
       survives    what is left of them when a subgraph is down?
       lints       is the schema as checks.yaml wants it?
       contracts   what do those see who see a part of it?

  --config FILE      the subgraphs, in rover's format (supergraph.yaml)
  --checks FILE      lints, contracts and usage (checks.yaml, where it is there)
  --operations DIR   what applications have registered (operations)
  --usage FILE       how often each coordinate is asked: a router's metrics, or JSON
  --json             the report for programs
  --github           annotations (by itself where GITHUB_ACTIONS is set)
  --markdown FILE    a summary for a pull request (by itself into GITHUB_STEP_SUMMARY)
  --verbose          notes too, and what parts lay open

Exit code: 0 where nothing fails, 1 where something does, 2 where the check could not be made.
`;

const OPTIONS = {
  base: { type: 'string' },
  only: { type: 'string' },
  subgraph: { type: 'string' },
  schema: { type: 'string' },
  'routing-url': { type: 'string' },
  watch: { type: 'boolean', default: false },
  config: { type: 'string', default: 'supergraph.yaml' },
  checks: { type: 'string', default: 'checks.yaml' },
  operations: { type: 'string' },
  usage: { type: 'string' },
  json: { type: 'boolean', default: false },
  github: { type: 'boolean', default: false },
  markdown: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** A schema that is judged as if a subgraph had it. */
export interface Replacement {
  readonly subgraph: string;
  readonly schema: string;
  /** Where it will be served; only for a subgraph that is new. */
  readonly routingUrl: string | null;
}

/** What was asked for. */
export interface CommandLine {
  readonly base: string | undefined;
  readonly parts: readonly Part[];
  readonly replacement: Replacement | null;
  readonly isWatching: boolean;
  readonly config: string;
  readonly checks: string;
  readonly operations: string | undefined;
  readonly usage: string | undefined;
  readonly isJson: boolean;
  readonly isGithub: boolean;
  /** Files that the summary is appended to. */
  readonly markdown: readonly string[];
  readonly isVerbose: boolean;
}

/**
 * Reads the command line.
 *
 * @returns null where help was asked for
 * @throws CheckFailure that names the option and the cure
 */
export const readCommandLine = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine | null => {
  const values = parse(args);
  if (values.help) return null;
  const { GITHUB_ACTIONS: onGithub, GITHUB_STEP_SUMMARY: summary } = environment;
  return {
    base: values.base,
    parts: readParts(values.only, values.watch ? QUICK : PARTS),
    replacement: readReplacement(values.subgraph, values.schema, values['routing-url']),
    isWatching: values.watch,
    config: values.config,
    checks: values.checks,
    operations: values.operations,
    usage: values.usage,
    isJson: values.json,
    isGithub: values.github || onGithub === 'true',
    markdown: [values.markdown, summary].flatMap((file) => file || []),
    isVerbose: values.verbose,
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new CheckFailure([`${reason} (npm run check -- --help)`]);
  }
};

/** Who watches waits for each of them. */
const QUICK: readonly Part[] = ['composes', 'breaks', 'lints'];

const readParts = (only: string | undefined, usual: readonly Part[]): readonly Part[] => {
  if (only === undefined) return usual;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) {
    throw new CheckFailure([`--only ${unknown} is no part: there are ${PARTS.join(', ')}.`]);
  }
  return PARTS.filter((part) => names.includes(part));
};

const readReplacement = (
  subgraph: string | undefined,
  schema: string | undefined,
  routingUrl: string | undefined,
): Replacement | null => {
  if (subgraph === undefined && schema === undefined) return null;
  if (subgraph === undefined || schema === undefined) {
    throw new CheckFailure(['--subgraph NAME and --schema FILE go together: give both.']);
  }
  return { subgraph, schema, routingUrl: routingUrl ?? null };
};
