import type { Place } from '../composition/place.ts';

/** What is judged of a change; each part alone can be asked for. */
export const PARTS = ['composes', 'breaks', 'costs', 'survives', 'lints', 'contracts'] as const;

export type Part = (typeof PARTS)[number];

/** A failure ends the check with exit code 1; a warning wants to be looked at; a note is for who cares. */
export type Severity = 'failure' | 'warning' | 'note';

/** One thing that somebody has to know of a change. */
export interface Finding {
  readonly part: Part;
  readonly severity: Severity;
  /** Closed in each part, such as FIELD_REMOVED; of `composes`, the codes of federation. */
  readonly code: string;
  /** One sentence or a few, without its place. */
  readonly message: string;
  /** Where it is, the first one the most telling; none where it is nowhere in particular. */
  readonly places: readonly Place[];
  /** What mends it; null where nothing can be said. */
  readonly cure: string | null;
  /** What of the registered operations it touches, such as `storefront FirstPage`. */
  readonly operations: readonly string[];
}

/** What one part has to show: what it found, and what it lays open beside that. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** As Markdown, for a pull request: tables, plans, a heat map; empty where there is nothing to show. */
  readonly markdown: string;
  /** The same for a terminal. */
  readonly text: string;
}
