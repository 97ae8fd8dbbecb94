import type { Logger } from '../../process/log.ts';
import type { CallObserver } from './record.ts';

/** Logs what fails, with its cause; what was refused without being asked only where all is told. */
export const logFailures = (log: Logger): CallObserver => ({
  begun: () => {},
  ended: ({ operation: { subgraph, path }, attempts }, failure) => {
    if (failure === null || failure.kind === 'unwanted') return;
    const level = attempts > 0 ? 'warn' : 'debug';
    const { code, kind, cause } = failure;
    log[level]({ subgraph, path, code, kind, attempts, err: cause }, 'subgraph failed');
  },
});
