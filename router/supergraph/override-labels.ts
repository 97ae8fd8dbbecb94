import type { Caller } from '../../contract/viewer.ts';

/** Decides whether a label of a progressive `@override` is on for a request. */
export type DecideLabel = (label: string, caller: Caller) => boolean;

const PERCENT = /^percent\((\d+(?:\.\d+)?)\)$/;

/**
 * The labels that are on for one request. `percent(25)` is on for a quarter of all requests, by one
 * throw for all such labels, so that a request that takes a rare way takes the frequent ones too and
 * an operation has few plans; any other label is the callback's.
 *
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/migrate-fields
 *
 * @param random gives 0 up to but not 1
 */
export const activeLabels = (
  labels: readonly string[],
  decide: DecideLabel,
  caller: Caller,
  random: () => number = Math.random,
): readonly string[] => {
  if (labels.length === 0) return labels;
  const throw100 = random() * 100;
  return labels.filter((label) => {
    const [, percent] = PERCENT.exec(label) ?? [];
    return percent === undefined ? decide(label, caller) : throw100 < Number(percent);
  });
};
