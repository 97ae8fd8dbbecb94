import { fileURLToPath } from 'node:url';

/** A film that comes with the code; clips/make.mjs draws them. */
export interface Clip {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** One decimal. */
  readonly durationSeconds: string;
  /** Its first frame, 16 pixels wide. */
  readonly placeholder: string;
}

export const CLIPS = {
  'spinning-record': {
    width: 640,
    height: 360,
    durationSeconds: '8.0',
    placeholder:
      'data:image/webp;base64,UklGRl4AAABXRUJQVlA4IFIAAAAwAgCdASoQAAkAA4BaJZACdAELz7KaKrj8AAD+4pkjZu0D1+VGP21VcJi31c3gVaFi5WeT2rr9mxQvFbXxJVHIfToAaADqt4EZFeJ+7JVpQAAA',
  },
  'turning-wheel': {
    width: 640,
    height: 360,
    durationSeconds: '8.0',
    placeholder:
      'data:image/webp;base64,UklGRkwAAABXRUJQVlA4IEAAAADQAQCdASoQAAkAA4BaJQBOgB4bPbcCAAD+9Njbl7AzjwDU37S/F0s1ZCerwW/+llm6Vr56WH7HPPeHuWigEAAA',
  },
} as const satisfies Record<string, Clip>;

export type ClipName = keyof typeof CLIPS;

/** Where the clips and their stills lie. */
export const CLIP_FOLDER = fileURLToPath(new URL('clips/', import.meta.url));

export const clipFile = (name: ClipName): string => `${name}.mp4`;

/** The clip's first frame. */
export const stillFile = (name: ClipName): string => `${name}.webp`;
