import type { Severity } from '../finding.ts';

/** How much a rule weighs; `off` is not asked at all. */
export type Weight = Severity | 'off';

export const WEIGHTS = ['failure', 'warning', 'note', 'off'] as const satisfies readonly Weight[];
