import type { ASTNode } from 'graphql';
import type { Element, InspectedSubgraph } from '../schemas/inspect.ts';
import type { OptionSpecs, OptionsOf, OptionValues } from './options.ts';
import type { Weight } from './weight.ts';

/** One place where a rule is not kept. */
export interface Complaint {
  /** What it is about: an ignore stands right above it, and it is new where the base has none such of it. */
  readonly element: Element;
  /** Where exactly; the element's name where it is left out. */
  readonly at?: ASTNode;
  /** One sentence, which names the element by its coordinate. */
  readonly message: string;
  /** What mends it here. */
  readonly cure: string;
  /** Where it weighs otherwise than the rule. */
  readonly severity?: Weight;
}

/** What rules look at. */
export interface Linted {
  readonly subgraphs: readonly InspectedSubgraph[];
  /** As `2026-12-31`. */
  readonly today: string;
}

/** A rule as all are seen alike. Why it is there says its file and its page in docs/lints. */
export interface Rule {
  /** How much it weighs where nothing is said of it. */
  readonly severity: Weight;
  readonly options: OptionSpecs;
  readonly judge: (linted: Linted, options: OptionValues) => readonly Complaint[];
}

/** Makes a rule that is given its options under their types. */
export const rule = <const Specs extends OptionSpecs>(definition: {
  readonly severity: Weight;
  readonly options: Specs;
  readonly judge: (linted: Linted, options: OptionsOf<Specs>) => readonly Complaint[];
}): Rule => ({
  ...definition,
  // The settings were read by these very specs, or are their defaults.
  judge: (linted, options) => definition.judge(linted, options as OptionsOf<Specs>),
});
