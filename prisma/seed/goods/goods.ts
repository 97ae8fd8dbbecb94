/** What a maker made: brand, name, price when new in euros, facts, and an icon when the leaf's are wrong. */
export type Model = readonly [
  brand: string | null,
  name: string,
  newPrice: number,
  facts?: Readonly<Record<string, string>>,
  icon?: string,
];

/** One leaf of the category tree, and everything that people sell in it. */
export interface Goods {
  readonly slug: string;
  readonly name: string;
  /** How many of the market's listings stand here, against the other leaves. */
  readonly share: number;
  /** Of Phosphor: what pictures of these things show. */
  readonly icons: readonly string[];
  readonly models: readonly Model[];
  /** What differs between two pieces of a model. A fact of the model goes before, an empty one means that it has none. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** With `{brand}`, `{model}` and facts and choices in braces; one with all that it names is taken. */
  readonly titles: readonly string[];
  /** Why it is sold; also with `{year}`, when the seller got it. */
  readonly stories: readonly string[];
  readonly details: readonly string[];
  /** What is wrong with the worn ones. */
  readonly faults: readonly string[];
  /** Years in which it loses half its price; things that are collected lose it slowly. */
  readonly halfLife: number;
  /** Nobody has one that was never used. */
  readonly neverNew?: true;
  /** How many listings in a hundred have several pieces. */
  readonly several?: number;
}

/** One top of the category tree. */
export interface Department {
  readonly slug: string;
  readonly name: string;
  readonly leaves: readonly Goods[];
}
