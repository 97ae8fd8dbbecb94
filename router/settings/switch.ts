import type { Mode } from '../../process/settings.ts';

/** What is decided by where the router runs, unless somebody decides it. */
export const SWITCH = ['on', 'off', 'auto'] as const;

/** Whether it is so: where it is said, or, by itself, outside production. */
export const outsideProduction = (value: string, yes: string, where: Mode): boolean =>
  value === 'auto' ? where !== 'production' : value === yes;
