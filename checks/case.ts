import { readSchemas } from '../composition/compose.ts';
import type { SubgraphSchema } from '../composition/definitions.ts';
import { CompositionFailure } from '../composition/failure.ts';
import type { Problem } from '../composition/problem.ts';
import type { Planner } from '../router/supergraph/planner.ts';
import { type Base, findBase } from './base/base.ts';
import { NO_USAGE, readUsageFile, type UsageCounts } from './breaks/usage-file.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import type { CommandLine } from './command-line.ts';
import type { ChecksConfig } from './config/config.ts';
import { readChecksConfig } from './config/read.ts';
import { CheckFailure } from './failure.ts';
import { type RegisteredOperation, readOperations } from './operations/read.ts';
import { type Opening, openSubgraphs, openSupergraph, type Side } from './side.ts';

/** What every part may look at. */
export interface Case {
  readonly planner: Planner;
  /** What is judged, and what it is compared with, as reports call it. */
  readonly name: string;
  readonly baseName: string;
  readonly subgraphs: readonly SubgraphSchema[];
  /** Why they do not compose. */
  readonly problems: readonly Problem[];
  /** Null where the subgraphs do not compose. */
  readonly after: Side | null;
  /** Null where there is nothing to compare with. */
  readonly before: Side | null;
  readonly operations: readonly RegisteredOperation[];
  readonly usage: UsageCounts;
  readonly config: ChecksConfig;
}

/**
 * Reads and composes what is judged and what it is compared with.
 *
 * @throws CheckFailure where what was asked for is not there
 */
export const openCase = async (
  asked: CommandLine,
  planner: Planner,
  { name: baseName, side: before }: OpenBase,
): Promise<Case> => {
  const config = readChecksConfig(asked.checks);
  const after = await openCandidate(asked, { planner, contract: config.clients });
  const usage = asked.usage ?? config.usage;
  return {
    planner,
    config,
    ...after,
    before,
    baseName,
    operations: readOperations(asked.operations ?? config.operations),
    usage: usage === null ? NO_USAGE : readUsageFile(usage),
  };
};

type Opened = Pick<Case, 'name' | 'subgraphs' | 'problems' | 'after'>;

const openCandidate = async (
  { config, replacement }: CommandLine,
  opening: Opening,
): Promise<Opened> => {
  const candidate = await readOrProblems(() => readCandidate(config, replacement));
  if ('problems' in candidate) {
    return { name: config, subgraphs: [], problems: candidate.problems, after: null };
  }
  const { name, subgraphs } = candidate;
  const opened = await openSubgraphs(subgraphs, opening);
  return 'problems' in opened
    ? { name, subgraphs, problems: opened.problems, after: null }
    : { name, subgraphs, problems: [], after: opened };
};

/** What is not GraphQL is something to report, not a reason to stop. */
const readOrProblems = async (
  read: () => Promise<Candidate>,
): Promise<Candidate | { readonly problems: readonly Problem[] }> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CompositionFailure) return { problems: error.problems };
    throw error;
  }
};

/** What is compared with; `side` is null where there is nothing. */
export interface OpenBase {
  readonly name: string;
  readonly side: Side | null;
}

/** @throws CheckFailure where what was asked for is not there */
export const openBase = async (asked: CommandLine, planner: Planner): Promise<OpenBase> => {
  const opening = { planner, contract: readChecksConfig(asked.checks).clients };
  const base = await readBase(asked);
  if (base.kind === 'none') return { name: base.name, side: null };
  if (base.kind === 'supergraph') {
    return { name: base.name, side: await openGiven(base, opening) };
  }
  const opened = await openSubgraphs(base.subgraphs, opening);
  return 'problems' in opened
    ? { name: `${base.name}, which does not compose`, side: null }
    : { name: base.name, side: opened };
};

/** A schema from elsewhere is compared with what is here. */
const readBase = async ({ base, config, replacement }: CommandLine): Promise<Base> => {
  try {
    if (base !== undefined || replacement === null) return await findBase(base, config);
    return { kind: 'subgraphs', name: config, subgraphs: await readSchemas(config) };
  } catch (error) {
    if (!(error instanceof CompositionFailure)) throw error;
    return { kind: 'none', name: 'nothing: the schemas of the base cannot be read' };
  }
};

const openGiven = async (
  { name, sdl }: Extract<Base, { kind: 'supergraph' }>,
  opening: Opening,
): Promise<Side> => {
  try {
    return await openSupergraph(sdl, opening);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckFailure([`--base ${name} is no supergraph: ${reason.split('\n')[0]}`]);
  }
};
