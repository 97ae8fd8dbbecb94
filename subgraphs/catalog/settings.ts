import { readSettings, wholeNumber } from '../../process/settings.ts';

/** What this subgraph needs to know beside what all of them do. */
export interface CatalogSettings {
  /** How long pieces are held for an order that does not begin to pay, in seconds. */
  readonly holdSeconds: number;
}

/** The settings of this subgraph alone. */
export const catalogSpecs = {
  HOLD_SECONDS: wholeNumber(1)({
    default: 600,
    desc: 'how long items are held for an order that does not begin to pay, in seconds',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readCatalogSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CatalogSettings => ({ holdSeconds: readSettings(catalogSpecs, environment).HOLD_SECONDS });
