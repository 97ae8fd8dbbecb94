import path from 'node:path';
import { str } from 'envalid';
import { readSettings } from '../../process/settings.ts';

/** What this subgraph needs to know beside what all of them do. */
export interface MediaSettings {
  /** Where photographs and renditions are kept; an absolute path. */
  readonly folder: string;
}

/** The settings of this subgraph alone. */
export const mediaSpecs = {
  MEDIA_DIR: str({
    default: '.data/media',
    desc: 'the folder of photographs and of rendered pictures, from where the process is started',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readMediaSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): MediaSettings => ({ folder: path.resolve(readSettings(mediaSpecs, environment).MEDIA_DIR) });
