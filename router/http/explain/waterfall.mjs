// Draws fetches over time, each a row that can be chosen, with lines from those that the answer waited for.

/**
 * @typedef {import('../../explain/explanation.ts').Explanation} Explanation
 * @typedef {import('../../explain/explanation.ts').ExplainedFetch} ExplainedFetch
 */

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** In pixels. */
const ROW = 34;
const BAR = 14;
const AXIS = 28;
const STAGES = 26;
const LABELS_AT_MOST = 300;
const RIGHT = 120;

/** What a stage is narrower than has no words in it. */
const WORDS_NEED = 130;

/** No narrower, so that what took no time is seen. */
const LEAST_BAR = 3;

/**
 * @param {string} name
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {readonly (Node | string)[]} [content]
 */
const element = (name, attributes, content = []) => {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...content);
  return made;
};

/** @param {number} ms */
export const shownMs = (ms) => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;

/** @param {ExplainedFetch} fetch */
export const isFailed = ({ outcome }) => outcome !== 'answered';

/** Where its answer belongs. @param {ExplainedFetch} fetch */
export const placeOf = ({ path, kind }) => (path === '' ? kind : path.replaceAll('.@', '[]'));

/** @param {ExplainedFetch} fetch */
const fromElsewhere = ({ source }) => (source === 'subgraph' ? '' : `, ${source}`);

/** Steps of 1, 2 or 5 times a power of ten, at most eight of them. @param {number} ms */
const tickMs = (ms) => {
  const power = 10 ** Math.floor(Math.log10(ms / 8));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => ms / step <= 8) ?? ms;
};

/**
 * @param {HTMLElement} place
 * @param {Explanation} explanation
 * @param {(fetch: ExplainedFetch) => void} onChoose
 */
export const drawWaterfall = (place, { ms, stages, fetches, criticalPath }, onChoose) => {
  const width = Math.max(320, place.clientWidth);
  const left = Math.min(LABELS_AT_MOST, width * 0.34);
  const scale = (width - left - RIGHT) / Math.max(ms, 0.001);
  const x = (/** @type {number} */ timeMs) => left + timeMs * scale;
  const top = AXIS + STAGES;
  const y = (/** @type {number} */ number) => top + number * ROW;
  const height = y(fetches.length) + 8;
  const critical = new Set(criticalPath);

  const axis = [];
  const step = tickMs(ms);
  for (let at = 0; at <= ms; at += step) {
    axis.push(
      element('line', { class: 'grid', x1: x(at), x2: x(at), y1: AXIS - 6, y2: height }),
      element('text', { class: 'faint', x: x(at), y: 14, 'text-anchor': 'middle' }, [
        `${Number(at.toPrecision(3))} ms`,
      ]),
    );
  }

  const stageBars = element('g', { class: 'stage' }, [
    element('text', { class: 'faint', x: 8, y: AXIS + 13 }, ['router']),
    ...stages.flatMap((each) => stageBar(each, x(each.startMs), each.ms * scale)),
  ]);

  const waits = fetches.flatMap((fetch) =>
    fetch.waitedFor.map((number) => {
      const before = fetches[number];
      const from = x(before.startMs + before.ms);
      const to = x(fetch.startMs);
      const isCritical =
        critical.has(fetch.number) &&
        criticalPath[criticalPath.indexOf(fetch.number) - 1] === number;
      return element('path', {
        class: isCritical ? 'wait critical' : 'wait',
        d: `M ${from} ${y(number) + ROW / 2} V ${y(fetch.number) + ROW / 2} H ${to}`,
      });
    }),
  );
  // What is critical lies above the rest.
  waits.sort((one, other) => Number(one.matches('.critical')) - Number(other.matches('.critical')));

  const rows = fetches.map((fetch) => {
    const { number, subgraph, startMs, ms: took, entities } = fetch;
    const middle = y(number) + ROW / 2;
    const states = [
      'fetch',
      critical.has(number) ? 'critical' : '',
      isFailed(fetch) ? 'failed' : '',
    ];
    const count = entities === null ? '' : ` × ${entities}`;
    const said = [
      `${subgraph}, ${placeOf(fetch)}${entities === null ? '' : `, ${entities} entities`}`,
      `${shownMs(took)} from ${shownMs(startMs)}`,
      critical.has(number) ? 'the answer waited for it' : '',
      isFailed(fetch) ? `failed: ${fetch.outcome}` : '',
    ].filter((text) => text !== '');
    return element(
      'g',
      {
        class: states.join(' ').trim(),
        role: 'option',
        tabindex: number === 0 ? 0 : -1,
        'aria-selected': 'false',
        'aria-label': said.join('; '),
      },
      [
        element('rect', {
          class: 'back',
          x: 1,
          y: y(number) + 1,
          width: width - 2,
          height: ROW - 2,
          rx: 6,
        }),
        label(fetch, count, middle, left),
        element('rect', {
          class: 'bar',
          x: x(startMs),
          y: middle - BAR / 2,
          width: Math.max(LEAST_BAR, took * scale),
          height: BAR,
          rx: 3,
        }),
        element('text', { class: 'faint', x: x(startMs + took) + 8, y: middle + 4 }, [
          `${isFailed(fetch) ? '✕ ' : ''}${shownMs(took)}${fromElsewhere(fetch)}`,
        ]),
      ],
    );
  });

  const drawing = element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'listbox',
      'aria-label': 'Fetches, in the order in which they began',
    },
    [...axis, ...waits, stageBars, ...rows],
  );
  place.replaceChildren(drawing);
  makeChoosable(rows, fetches, onChoose);
};

/**
 * @param {import('../../explain/explanation.ts').ExplainedStage} stage
 * @param {number} from
 * @param {number} width
 */
const stageBar = ({ stage, ms }, from, width) => {
  const bar = element(
    'rect',
    { x: from, y: AXIS + 1, width: Math.max(1, width - 1), height: BAR + 4, rx: 2 },
    [element('title', {}, [`${stage}: ${shownMs(ms)}`])],
  );
  const words = `${stage} ${shownMs(ms)}`;
  if (width < WORDS_NEED) return [bar];
  return [bar, element('text', { class: 'words', x: from + 6, y: AXIS + 14 }, [words])];
};

/**
 * @param {ExplainedFetch} fetch
 * @param {string} count
 * @param {number} middle
 * @param {number} left
 */
const label = (fetch, count, middle, left) => {
  const text = element('text', { x: 8, y: middle + 4 }, [
    element('tspan', { class: 'name' }, [fetch.subgraph]),
    element('tspan', { class: 'faint', dx: 8 }, [`${placeOf(fetch)}${count}`]),
  ]);
  const clipped = element('svg', { x: 0, y: 0, width: left - 12, height: middle + 20 }, [text]);
  clipped.append(element('title', {}, [`${fetch.subgraph} ${placeOf(fetch)}${count}`]));
  return clipped;
};

/**
 * A row is chosen by a click, or by the arrows; there is one stop for the tabulator.
 *
 * @param {readonly Element[]} rows
 * @param {readonly ExplainedFetch[]} fetches
 * @param {(fetch: ExplainedFetch) => void} onChoose
 */
const makeChoosable = (rows, fetches, onChoose) => {
  const choose = (/** @type {number} */ number) => {
    rows.forEach((row, index) => {
      row.setAttribute('aria-selected', String(index === number));
      row.setAttribute('tabindex', index === number ? '0' : '-1');
    });
    onChoose(fetches[number]);
  };
  const targets = /** @type {Readonly<Record<string, (number: number) => number>>} */ ({
    ArrowDown: (number) => Math.min(rows.length - 1, number + 1),
    ArrowUp: (number) => Math.max(0, number - 1),
    Home: () => 0,
    End: () => rows.length - 1,
    Enter: (number) => number,
    ' ': (number) => number,
  });
  rows.forEach((row, number) => {
    row.addEventListener('click', () => choose(number));
    row.addEventListener('keydown', (event) => {
      const target = targets[/** @type {KeyboardEvent} */ (event).key]?.(number);
      if (target === undefined) return;
      event.preventDefault();
      choose(target);
      /** @type {SVGElement} */ (rows[target]).focus();
    });
  });
};
