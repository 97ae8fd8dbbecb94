/** What a rule lets people choose; `means` is what its page says of it. */
export type OptionSpec =
  | { readonly kind: 'flag'; readonly default: boolean; readonly means: string }
  | { readonly kind: 'words'; readonly default: readonly string[]; readonly means: string }
  | { readonly kind: 'pattern'; readonly default: string; readonly means: string }
  | {
      readonly kind: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
      readonly means: string;
    };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValue = boolean | string | readonly string[];

export type OptionValues = Readonly<Record<string, OptionValue>>;

/** What a rule is given for what it asks for. */
export type OptionsOf<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]>;
};

type ValueOf<Spec extends OptionSpec> = Spec extends { readonly kind: 'flag' }
  ? boolean
  : Spec extends { readonly kind: 'words' }
    ? readonly string[]
    : Spec extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : string;
