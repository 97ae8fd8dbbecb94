import { type OperationDefinitionNode, type Token, TokenKind } from 'graphql';

/** What an operation may cost at most; what is not named is not bounded. */
export interface Budget {
  /** Requests to subgraphs. */
  readonly fetches: number | null;
  /** How many of them come one after the other. */
  readonly depth: number | null;
  /** How many fetches ask for entities. */
  readonly entities: number | null;
}

/** What the comments above an operation promise of it. */
export interface Promises {
  readonly budget: Budget;
  /** Subgraphs, each of which may be down while `data` is still there. */
  readonly survives: readonly string[];
}

const MEASURES = ['fetches', 'depth', 'entities'] as const;

/**
 * Reads the comments right above an operation:
 *
 *   # budget: fetches 6, depth 3, entities 4
 *   # survives: media, recommendations
 *   query FirstPage {
 *
 * @returns the promises, or the problem with the cure
 */
export const readPromises = (
  operation: OperationDefinitionNode,
): Promises | { readonly problem: string } => {
  const comments = commentsAbove(operation.loc?.startToken);
  const budget = readBudget(promised(comments, 'budget'));
  if ('problem' in budget) return budget;
  return { budget, survives: listOf(promised(comments, 'survives')) };
};

const commentsAbove = (token: Token | undefined): readonly string[] => {
  const comments: string[] = [];
  for (let each = token?.prev; each?.kind === TokenKind.COMMENT; each = each.prev) {
    comments.unshift(each.value);
  }
  return comments;
};

const promised = (comments: readonly string[], key: string): string =>
  comments.flatMap((text) => text.split(`${key}:`)[1] ?? []).join(',');

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

const readBudget = (text: string): Budget | { readonly problem: string } => {
  const budget: Record<(typeof MEASURES)[number], number | null> = {
    fetches: null,
    depth: null,
    entities: null,
  };
  for (const each of listOf(text)) {
    const [name = '', count = ''] = each.split(/\s+/);
    const measure = MEASURES.find((known) => known === name);
    if (measure === undefined || !/^\d+$/.test(count)) {
      const problem = `"${each}" is no budget: write such as \`# budget: fetches 6, depth 3, entities 4\`.`;
      return { problem };
    }
    budget[measure] = Number(count);
  }
  return budget;
};
