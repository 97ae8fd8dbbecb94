import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * How a Phosphor icon is split up: `silhouette` is its filled form, `body` the inside of its
 * two-tone form, `line` the outline of that. All are paths in a square of 256 by 256.
 */
export interface Icon {
  readonly silhouette: string;
  readonly body: string;
  readonly line: string;
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const require = createRequire(import.meta.url);

const PATH = /<path d="([^"]+)"( opacity="0\.2")?\/>/g;

/**
 * The paths of an icon of `@phosphor-icons/core`.
 *
 * @param name as on phosphoricons.com, such as `vinyl-record`
 * @throws Error where there is no such icon
 */
export const readIcon = (name: string): Icon => {
  const known = icons.get(name);
  if (known !== undefined) return known;
  const icon = parseIcon(name);
  icons.set(name, icon);
  return icon;
};

/** There are some 1,500 icons of 2 KB, so all that were ever read may stay. */
const icons = new Map<string, Icon>();

const parseIcon = (name: string): Icon => {
  const duotone = pathsOf(name, 'duotone');
  return {
    silhouette: joined(pathsOf(name, 'fill')),
    body: joined(duotone.filter(({ isBody }) => isBody)),
    line: joined(duotone.filter(({ isBody }) => !isBody)),
  };
};

interface Path {
  readonly d: string;
  readonly isBody: boolean;
}

const pathsOf = (name: string, weight: 'duotone' | 'fill'): readonly Path[] => {
  if (!NAME.test(name)) throw new Error(`"${name}" is not the name of an icon.`);
  const asset = `@phosphor-icons/core/assets/${weight}/${name}-${weight}.svg`;
  const svg = readFileSync(require.resolve(asset), 'utf8');
  return [...svg.matchAll(PATH)].map(([, d = '', opacity]) => ({
    d,
    isBody: opacity !== undefined,
  }));
};

const joined = (paths: readonly Path[]): string => paths.map(({ d }) => d).join('');
