import { WORKLOADS } from '../workloads.mjs';

/** @import { Row } from '../shapes.ts' */

// Lengths are in SVG's own units, pixels at first sight.
const COLUMNS = 2;
const PANEL = { width: 460, label: 118, bar: 250, title: 26, row: 20, gap: 22 };
const MARGIN = 20;

const COLOURS = { own: '#0b7a5b', bound: '#9aa5b1', other: '#4f6d94' };

/**
 * A panel a workload, a bar a router: CPU a request, in milliseconds.
 *
 * @param {readonly Row[]} rows
 * @returns {string} SVG
 */
export const plotCpu = (rows) => {
  const panels = WORKLOADS.map(({ name }) => rows.filter((row) => row.workload === name)).filter(
    (panel) => panel.length > 0,
  );
  const bottoms = Array.from({ length: COLUMNS }, () => MARGIN + PANEL.title);
  const drawn = panels.map((panel, index) => {
    const column = index % COLUMNS;
    const top = bottoms[column] ?? 0;
    bottoms[column] = top + PANEL.title + panel.length * PANEL.row + PANEL.gap;
    return drawPanel(panel, MARGIN + column * PANEL.width, top);
  });
  const width = 2 * MARGIN + COLUMNS * PANEL.width;
  const height = Math.max(...bottoms) + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    '<title>Router CPU a request, in milliseconds</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 8}" font-size="16" fill="#1f2933">Router CPU a request, in milliseconds (less is better)</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
};

/** @param {readonly Row[]} rows @param {number} left @param {number} top */
const drawPanel = (rows, left, top) => {
  const longest = Math.max(...rows.map(({ cpuMs }) => cpuMs));
  const title = `<text x="${left}" y="${top + 16}" font-weight="600" fill="#1f2933">${rows[0]?.workload}</text>`;
  const bars = rows.map(({ name, cpuMs }, index) => {
    const y = top + PANEL.title + index * PANEL.row;
    const length = Math.max(1, (PANEL.bar * cpuMs) / longest);
    const start = left + PANEL.label;
    return [
      `<text x="${start - 6}" y="${y + 12}" text-anchor="end" fill="#3e4c59">${name}</text>`,
      `<rect x="${start}" y="${y}" width="${length.toFixed(1)}" height="${PANEL.row - 5}" fill="${colourOf(name)}"/>`,
      `<text x="${(start + length + 6).toFixed(1)}" y="${y + 12}" fill="#3e4c59">${cpuMs.toFixed(2)}</text>`,
    ].join('\n');
  });
  return [title, ...bars].join('\n');
};

/** @param {string} name */
const colourOf = (name) => {
  if (name.startsWith('emporium')) return COLOURS.own;
  return name === 'lower-bound' ? COLOURS.bound : COLOURS.other;
};
