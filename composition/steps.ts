/** What a message of Apollo's composer tells of a field that no query can reach. */
export interface Steps {
  /** The response keys from the root of the shortest query, such as `products`, `nodes`, `weight`. */
  readonly path: readonly string[];
  /** `Type.field` */
  readonly target: string;
  /** The subgraph in which the query stands when it cannot go on. */
  readonly from: string;
  /** The subgraphs that could be gone to. */
  readonly owners: readonly string[];
  /** What stops it, each a sentence, by the subgraph in which the query stands. */
  readonly obstacles: readonly { readonly in: string; readonly because: string }[];
}

/** @returns null where the message is built otherwise */
export const readSteps = (message: string): Steps | null => {
  const [, query = '', reasons = ''] =
    /supergraph API query:\n([\s\S]*?)\ncannot be satisfied by the subgraphs because:\n([\s\S]*)$/.exec(
      message,
    ) ?? [];
  const path = [...query.matchAll(/^\s*(?:\.\.\. on \w+|(\w+)(?:\([^)]*\))?)\s*\{?$/gm)].flatMap(
    ([, key]) => key ?? [],
  );
  const obstacles = readObstacles(reasons);
  const [first] = obstacles;
  const [, target] = /field "(\w+\.\w+)"/.exec(reasons) ?? [];
  if (first === undefined || target === undefined) return null;
  const owners = [...reasons.matchAll(/cannot move to subgraph "([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  return { path, target, from: first.in, owners: [...new Set(owners)], obstacles };
};

const readObstacles = (reasons: string): Steps['obstacles'] => {
  let current = '';
  return reasons.split('\n').flatMap((line) => {
    const [, subgraph] = /^- from subgraph "([^"]+)":/.exec(line) ?? [];
    if (subgraph !== undefined) current = subgraph;
    const [, because] = /^\s+- (.*)$/.exec(line) ?? [];
    return because === undefined ? [] : [{ in: current, because }];
  });
};

/** The steps that the query would take, one a line, the last where it can go no further. */
export const printSteps = ({ path, target, obstacles }: Steps): string => {
  const lines = path
    .slice(0, -1)
    .map((_key, index) => `${index + 1}. ask \`${path.slice(0, index + 1).join('.')}\``);
  const stops = obstacles.map(({ in: subgraph, because }) => `   - in ${subgraph}: ${because}`);
  return [
    ...lines,
    `${lines.length + 1}. ask \`${path.join('.')}\` (${target}), which stops:`,
    ...stops,
  ].join('\n');
};
