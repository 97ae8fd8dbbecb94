/** @import { Row } from '../shapes.ts' */

/**
 * A goal: a figure of one router is at most this part of another's.
 *
 * @typedef {object} Goal
 * @property {string} name
 * @property {string} workload
 * @property {'cpuMs' | 'rssMb'} figure
 * @property {string} against
 * @property {number} limit
 * @property {boolean} [stretch] whether it is more than was asked for
 */

/** @typedef {{ goal: Goal, ratio: number | undefined }} Reached nothing where one of the two is missing */

/** @type {readonly Goal[]} */
const GOALS = [
  cpu('emporium', 'fanout-40', 'stock', 1 / 8),
  { ...cpu('emporium', 'fanout-40', 'stock', 1 / 11), stretch: true },
  cpu('emporium', 'fanout-40', 'stock-undici', 1 / 3),
  cpu('emporium', 'fanout-40', 'grafbase', 0.9),
  cpu('emporium', 'fanout-1000', 'stock', 1 / 5),
  { ...cpu('emporium', 'fanout-1000', 'stock', 1 / 9), stretch: true },
  { ...cpu('emporium', 'fanout-1000', 'grafbase', 1.3), stretch: true },
  cpu('emporium', 'tiny', 'stock', 1 / 6),
  cpu('emporium-dropin', 'fanout-40', 'stock', 1 / 6),
  memory('emporium', 'fanout-40', 'stock', 1),
  memory('emporium', 'fanout-1000', 'stock', 1),
];

/**
 * How far each goal is reached.
 *
 * @param {readonly Row[]} rows
 * @returns {readonly Reached[]}
 */
export const reachedGoals = (rows) =>
  GOALS.map((goal) => {
    /** @param {string} name */
    const figure = (name) =>
      rows.find((row) => row.name === name && row.workload === goal.workload)?.[goal.figure];
    const own = figure(goal.name);
    const other = figure(goal.against);
    return { goal, ratio: own === undefined || other === undefined ? undefined : own / other };
  });

/**
 * @param {string} name
 * @param {string} workload
 * @param {string} against
 * @param {number} limit
 * @returns {Goal}
 */
function cpu(name, workload, against, limit) {
  return { name, workload, figure: 'cpuMs', against, limit };
}

/**
 * @param {string} name
 * @param {string} workload
 * @param {string} against
 * @param {number} limit
 * @returns {Goal}
 */
function memory(name, workload, against, limit) {
  return { name, workload, figure: 'rssMb', against, limit };
}
