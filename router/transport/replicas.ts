import type { Subscribe } from './subscribe.ts';

/** The replicas of one subgraph, at least one. */
export type Replicas<Way> = readonly [Way, ...Way[]];

/** Opens each subscription at the next replica; so does one that is opened again. */
export const subscribeAtReplicas = (replicas: Replicas<Subscribe>): Subscribe => {
  let turn = 0;
  return (...asked) => {
    const at = replicas[turn % replicas.length] ?? replicas[0];
    turn += 1;
    return at(...asked);
  };
};
