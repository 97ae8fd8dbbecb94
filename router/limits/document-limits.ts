import type { DocumentNode } from 'graphql';
import { refusal } from '../refusal.ts';
import { type DocumentSize, measureDocument } from './document-size.ts';
import type { Limit } from './limits.ts';

/** How large an operation may be at most, by each measure. */
export type DocumentLimits = DocumentSize & {
  /** Words and signs of the document's text. */
  readonly tokens: number;
  /** What all variables hold, in lists and objects too. */
  readonly inputValues: number;
};

/** What is measured, in words, and the setting that bounds it. */
const MEASURES = {
  depth: { what: 'fields in one another', setting: 'MAX_DEPTH' },
  height: { what: 'fields', setting: 'MAX_HEIGHT' },
  aliases: { what: 'aliases', setting: 'MAX_ALIASES' },
  rootFields: { what: 'root fields', setting: 'MAX_ROOT_FIELDS' },
  directives: { what: 'directives', setting: 'MAX_DIRECTIVES' },
  repeatedDirectives: {
    what: 'times one directive in one place',
    setting: 'MAX_REPEATED_DIRECTIVES',
  },
  variables: { what: 'variables', setting: 'MAX_VARIABLES' },
} as const satisfies Record<keyof DocumentSize, { what: string; setting: Limit }>;

const NAMES = Object.keys(MEASURES) as readonly (keyof DocumentSize)[];

/**
 * Refuses a document that asks for more than anybody needs, before it is validated and planned, whose
 * work grows faster than the document does.
 *
 * @throws Refusal that names the limit, what was found and the setting
 */
export const limitDocument = (limits: DocumentLimits, document: DocumentNode): void => {
  const size = measureDocument(document);
  const passed = NAMES.find((name) => size[name] > limits[name]);
  if (passed === undefined) return;
  const { what, setting } = MEASURES[passed];
  throw refusal(
    'OPERATION_TOO_LARGE',
    `The operation has ${size[passed]} ${what}, and may have ${limits[passed]} (${setting}).`,
    { limit: setting },
  );
};
