import { type ConstDirectiveNode, Kind } from 'graphql';
import type { Element } from '../schemas/inspect.ts';
import type { Linted } from './rule.ts';
import { elementsOf } from './select.ts';

export interface Deprecated {
  readonly element: Element;
  readonly directive: ConstDirectiveNode;
  /** Empty where none is given. */
  readonly reason: string;
}

/** All that is deprecated, in all subgraphs. */
export const deprecatedOf = (linted: Linted): readonly Deprecated[] =>
  elementsOf(linted).flatMap((element) =>
    element.subgraph.applied(element.node, 'deprecated').map((directive) => ({
      element,
      directive,
      reason: reasonOf(directive).trim(),
    })),
  );

const reasonOf = ({ arguments: args = [] }: ConstDirectiveNode): string => {
  const given = args.find(({ name }) => name.value === 'reason')?.value;
  return given?.kind === Kind.STRING ? given.value : '';
};
