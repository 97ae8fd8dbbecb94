import { buildSchema } from 'graphql';
import type { Planner } from '../router/supergraph/planner.ts';
import { judgeBreaks, weigh } from './breaks/judge.ts';
import { type Case, type OpenBase, openCase } from './case.ts';
import type { CommandLine } from './command-line.ts';
import { judgeComposes } from './composes/judge.ts';
import { judgeContracts } from './contracts/judge.ts';
import { judgeCosts } from './costs/judge.ts';
import type { Judged, Part } from './finding.ts';
import { judgeLints } from './lints/judge.ts';
import type { PartReport, Report } from './report/report.ts';
import { judgeSurvival } from './survives/judge.ts';
import { measureSurvival } from './survives/measure.ts';

/** Why a part is not judged. */
interface Skipped {
  readonly skipped: string;
}

const NOT_COMPOSED: Skipped = { skipped: 'the subgraphs do not compose' };

/** How each part is judged. */
const JUDGE: Readonly<Record<Part, (each: Case) => Promise<Judged | Skipped>>> = {
  composes: async ({ problems, after }) => judgeComposes(problems, after?.hints ?? []),
  breaks: async ({ after, ...rest }) =>
    after === null ? NOT_COMPOSED : judgeBreaks({ ...rest, after }),
  costs: async ({ before, after, ...rest }) =>
    after === null
      ? NOT_COMPOSED
      : judgeCosts({ ...rest, before: before?.sdl ?? null, after: after.sdl }),
  survives: async ({ before, after, ...rest }) => {
    if (after === null) return NOT_COMPOSED;
    const earlier = before === null ? null : await measureSurvival({ ...rest, sdl: before.sdl });
    return judgeSurvival({ ...rest, sdl: after.sdl, before: earlier?.rows ?? null });
  },
  lints: async ({ subgraphs, before, config }) =>
    judgeLints({
      subgraphs,
      before: before?.subgraphs ?? null,
      config: config.lints,
      today: new Date().toISOString().slice(0, 10),
    }),
  contracts: async (found) => {
    const { after, before, config, operations } = found;
    if (after === null) return NOT_COMPOSED;
    return judgeContracts({
      before: before?.sdl ?? null,
      after: after.sdl,
      subgraphs: after.subgraphs,
      contracts: config.contracts,
      compare: async (beforeSdl, afterSdl) =>
        before === null
          ? []
          : weigh(
              { ...found, before, after },
              {
                schemas: [buildSchema(beforeSdl), buildSchema(afterSdl)],
                operations: operations.filter(({ sender }) => sender === 'client'),
                others: 'unknown',
              },
            ),
    });
  },
};

/**
 * Judges a change in all the parts that were asked for, one after the other; and why the subgraphs do not compose,
 * asked for or not, where another part cannot be judged for that.
 *
 * @throws CheckFailure where what was asked for is not there
 */
export const check = async (
  asked: CommandLine,
  planner: Planner,
  base: OpenBase,
): Promise<Report> => {
  const found = await openCase(asked, planner, base);
  const parts: PartReport[] = [];
  for (const part of asked.parts) parts.push(await judge(part, found));
  const isHidden = !asked.parts.includes('composes');
  if (isHidden && parts.some(({ skipped }) => skipped !== null)) {
    parts.unshift(await judge('composes', found));
  }
  return { judged: found.name, base: found.baseName, parts };
};

const NOTHING: Judged = { findings: [], text: '', markdown: '' };

const judge = async (part: Part, found: Case): Promise<PartReport> => {
  const began = performance.now();
  const judged = await JUDGE[part](found);
  const ms = performance.now() - began;
  return 'skipped' in judged
    ? { part, ms, ...NOTHING, skipped: judged.skipped }
    : { part, ms, ...judged, skipped: null };
};
