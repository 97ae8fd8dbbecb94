import type { SubgraphSchema } from './definitions.ts';
import { shortestWay, type Way } from './shortest-way.ts';

/** What a message of Apollo's composer tells of a field that no query can reach. */
export interface Unreachable {
  /** `Type.field` */
  readonly target: string;
  /** The subgraph in which the query stands when it cannot go on. */
  readonly from: string;
  /** The subgraphs that could be gone to. */
  readonly owners: readonly string[];
  /** What stops it, each a sentence, by the subgraph in which the query stands. */
  readonly obstacles: readonly { readonly in: string; readonly because: string }[];
}

/** @returns null where the message is of something else */
export const readUnreachable = (message: string): Unreachable | null => {
  const [, reasons = ''] =
    /cannot be satisfied by the subgraphs because:\n([\s\S]*)$/.exec(message) ?? [];
  const obstacles = readObstacles(reasons);
  const [first] = obstacles;
  const [, target] = /field "(\w+\.\w+)"/.exec(reasons) ?? [];
  if (first === undefined || target === undefined) return null;
  const owners = [...reasons.matchAll(/cannot move to subgraph "([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  return { target, from: first.in, owners: [...new Set(owners)], obstacles };
};

const readObstacles = (reasons: string): Unreachable['obstacles'] => {
  let current = '';
  return reasons.split('\n').flatMap((line) => {
    const [, subgraph] = /^- from subgraph "([^"]+)":/.exec(line) ?? [];
    if (subgraph !== undefined) current = subgraph;
    const [, because] = /^\s+- (.*)$/.exec(line) ?? [];
    return because === undefined ? [] : [{ in: current, because }];
  });
};

/** What nobody reaches, with the steps that the shortest query would take, one a line, to where it can go no further. */
export const printUnreachable = (
  { target, from, obstacles }: Unreachable,
  subgraphs: readonly SubgraphSchema[],
): string => {
  const [type = '', field = ''] = target.split('.');
  const way: Way = shortestWay(subgraphs, type, from) ?? [];
  const steps = way.map(({ subgraph, field: asked, key }) =>
    key === null ? `${subgraph}: ask \`${asked}\`` : `go to ${subgraph} by @key(fields: "${key}")`,
  );
  return [
    `No query reaches ${target}. The shortest that would:`,
    ...[...steps, `ask \`${field}\`, which stops:`].map((step, index) => `${index + 1}. ${step}`),
    ...obstacles.map(({ in: subgraph, because }) => `   - in ${subgraph}: ${because}`),
  ].join('\n');
};
