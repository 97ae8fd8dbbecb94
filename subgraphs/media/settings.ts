import path from 'node:path';
import { str, url } from 'envalid';
import { readSettings, SettingsError } from '../../process/settings.ts';
import type { BucketSettings, MediaPlaces } from './storage.ts';

/** What this subgraph needs to know beside what all of them do. */
export interface MediaSettings extends MediaPlaces {
  /** Whether films are packaged by ffmpeg where it is installed. */
  readonly usesFfmpeg: boolean;
}

/** The settings of this subgraph alone. */
export const mediaSpecs = {
  MEDIA_DIR: str({
    default: '.data/media',
    desc: 'the folder of photographs, films and rendered pictures, from where the process is started',
  }),
  MEDIA_STORE: str({
    choices: ['disk', 's3'],
    default: 'disk',
    desc: 'what keeps uploads: disk, which is MEDIA_DIR, or s3, of which MEDIA_DIR then holds copies',
  }),
  S3_BUCKET: str({ default: undefined, desc: 'the name of the bucket, where MEDIA_STORE is s3' }),
  S3_REGION: str({ default: 'us-east-1', desc: 'the region of the bucket' }),
  S3_ENDPOINT: url({
    default: undefined,
    desc: "where the bucket is reached; Amazon's own address where it is left out",
  }),
  S3_ACCESS_KEY_ID: str({ default: undefined, desc: 'the name of the key for the bucket' }),
  S3_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'the key for the bucket' }),
  FFMPEG: str({
    choices: ['auto', 'off'],
    default: 'auto',
    desc: 'auto packages films with ffmpeg where it is installed; off takes them as they come',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readMediaSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): MediaSettings => {
  const values = readSettings(mediaSpecs, environment);
  return {
    folder: path.resolve(values.MEDIA_DIR),
    bucket: values.MEDIA_STORE === 's3' ? bucketIn(values) : null,
    usesFfmpeg: values.FFMPEG === 'auto',
  };
};

type Values = ReturnType<typeof readSettings<typeof mediaSpecs>>;

const bucketIn = (values: Values): BucketSettings => ({
  bucket: needed('S3_BUCKET', values.S3_BUCKET),
  region: values.S3_REGION,
  endpoint: values.S3_ENDPOINT ?? null,
  accessKeyId: needed('S3_ACCESS_KEY_ID', values.S3_ACCESS_KEY_ID),
  secretAccessKey: needed('S3_SECRET_ACCESS_KEY', values.S3_SECRET_ACCESS_KEY),
});

/** @throws SettingsError where it is not there; an empty one would pass for a key */
const needed = (name: keyof typeof mediaSpecs, value: string | undefined): string => {
  if (value !== undefined && value.trim() !== '') return value;
  throw new SettingsError(`Bad settings. ${name}: not set (${mediaSpecs[name].desc})`);
};
