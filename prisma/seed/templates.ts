/** What is known of a thing: facts by name. */
export type Facts = Readonly<Record<string, string>>;

const PLACE = /\{([^}]+)\}/g;

/** Puts facts in the places of their names; an empty one leaves no gap. */
export const fill = (template: string, facts: Facts): string =>
  template
    .replace(PLACE, (_, name: string) => facts[name] ?? '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Those that name no fact which is missing. */
export const fillable = (templates: readonly string[], facts: Facts): readonly string[] =>
  templates.filter((template) =>
    [...template.matchAll(PLACE)].every(([, name = '']) => name in facts),
  );
