import { rule } from '../rule.ts';

/**
 * An ignore says why, names a rule that there is, and ignores something: what no longer does hides the next mistake at
 * its place. The judging of ignores needs what all rules found, so it is done in `ignores.ts`; no rule judges this one.
 */
export const lintIgnores = rule({ severity: 'failure', options: {}, judge: () => [] });
