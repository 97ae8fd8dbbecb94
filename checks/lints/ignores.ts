import { type Token, TokenKind } from 'graphql';
import type { Element, InspectedSubgraph } from '../schemas/inspect.ts';
import type { Complaint } from './rule.ts';

/** A comment that lets one rule pass at one place. */
export interface Ignore {
  readonly subgraph: InspectedSubgraph;
  readonly rule: string;
  /** Empty where none is given. */
  readonly reason: string;
  readonly comment: Token;
  /** What the comment stands above; of one at the end of a line, what the line begins with. */
  readonly target: Token;
}

const FORM = /^\s*lint-ignore\s+([\w-]+)\s*:?\s*(?:because\b)?:?\s*(.*?)\s*$/;

/**
 * Finds the ignores of a schema. One stands above what it is about, or at the end of its first line:
 *
 *   # lint-ignore field-names: because old clients send it
 *   user_name: String
 */
export const ignoresOf = (subgraph: InspectedSubgraph): readonly Ignore[] => {
  const ignores: Ignore[] = [];
  for (let token = subgraph.document.loc?.startToken ?? null; token !== null; token = token.next) {
    if (token.kind !== TokenKind.COMMENT) continue;
    const [, rule, reason = ''] = FORM.exec(token.value) ?? [];
    if (rule === undefined) continue;
    ignores.push({ subgraph, rule, reason, comment: token, target: targetOf(token) });
  }
  return ignores;
};

const targetOf = (comment: Token): Token => {
  const isTrailing = comment.prev?.line === comment.line && comment.prev.kind !== TokenKind.SOF;
  let token = comment;
  if (isTrailing) {
    while (token.prev?.line === comment.line) token = token.prev;
    return token;
  }
  while (token.kind === TokenKind.COMMENT && token.next !== null) token = token.next;
  return token;
};

/** Whether the ignore is of this rule, and stands at what the complaint is about. */
export const ignores = (ignore: Ignore, rule: string, { element }: Complaint): boolean =>
  ignore.rule === rule && ignore.subgraph === element.subgraph && begins(element, ignore.target);

/** An element begins with its description, and ends its beginning with its name. */
const begins = ({ node }: Element, { start }: Token): boolean => {
  if (node.loc === undefined) return false;
  const name = 'name' in node ? node.name?.loc : undefined;
  return start >= node.loc.start && start <= (name?.start ?? node.loc.startToken.next?.start ?? 0);
};
