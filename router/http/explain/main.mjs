import { drawWaterfall, isFailed, placeOf, shownMs } from './waterfall.mjs';

/**
 * @typedef {import('../../explain/explanation.ts').Explanation} Explanation
 * @typedef {import('../../explain/explanation.ts').ExplainedFetch} ExplainedFetch
 * @typedef {{ message: string, path?: (string | number)[], extensions?: { code?: string } }} Told
 */

const EXAMPLE = `query FirstPage {
  trending(first: 5) {
    product {
      title
      price {
        amount
      }
      seller {
        displayName
      }
      coverImage {
        url(width: 320)
      }
    }
    reason {
      text
    }
  }
}
`;

/** @param {string} id */
const byId = (id) => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
};

const form = /** @type {HTMLFormElement} */ (byId('ask'));
const fields = /** @type {Record<'query' | 'variables' | 'headers', HTMLTextAreaElement>} */ ({
  query: byId('query'),
  variables: byId('variables'),
  headers: byId('headers'),
});
const status = byId('status');
const waterfall = byId('waterfall');

/** @type {Explanation | undefined} What is drawn, to be drawn again in another width. */
let shown;

/**
 * @param {string} name
 * @param {readonly (Node | string)[]} content
 */
const element = (name, content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

/**
 * @param {string} what
 * @param {string} text
 */
const parseObject = (what, text) => {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below.
  }
  throw new Error(`${what} are no JSON object, such as { "name": "value" }.`);
};

const run = async () => {
  status.textContent = 'Asking…';
  try {
    const variables = parseObject('The variables', fields.variables.value);
    const headers = parseObject('The headers', fields.headers.value);
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'emporium-explain': 'on' },
      body: JSON.stringify({ query: fields.query.value, variables }),
    });
    show(await response.json());
    status.textContent = '';
  } catch (error) {
    status.textContent = '';
    show({ errors: [{ message: error instanceof Error ? error.message : String(error) }] });
  }
};

/** @param {{ data?: unknown, errors?: Told[], extensions?: { explain?: Explanation } }} answer */
const show = ({ data, errors = [], extensions }) => {
  showErrors(errors);
  const answer = byId('answer');
  answer.hidden = data === undefined;
  answer.querySelector('pre')?.replaceChildren(JSON.stringify({ data }, undefined, 2));
  shown = extensions?.explain;
  byId('explained').hidden = shown === undefined;
  byId('details').replaceChildren();
  if (shown === undefined) return;
  byId('summary').replaceChildren(...summaryOf(shown));
  drawWaterfall(waterfall, shown, showDetails);
};

/** @param {readonly Told[]} errors */
const showErrors = (errors) => {
  const place = byId('errors');
  place.hidden = errors.length === 0;
  const items = errors.map(({ message, path, extensions }) => {
    const where = [extensions?.code, path?.join('.')].filter((text) => text !== undefined);
    return element('li', [message, ' ', element('code', [where.join(' at ')])]);
  });
  place.replaceChildren(
    element('h2', [errors.length === 1 ? 'An error' : `${errors.length} errors`]),
    element('ul', items),
  );
};

/** @param {Explanation} explanation */
const summaryOf = ({ ms, fetches, criticalPath, plan, stages }) => {
  const planMs = stages.find(({ stage }) => stage === 'prepare')?.ms ?? 0;
  const made =
    plan === 'kept'
      ? 'The plan was there already'
      : `The plan was made for it, in ${shownMs(planMs)}`;
  if (fetches.length === 0) return [`${shownMs(ms)}. ${made}; no subgraph was asked.`];
  const names = criticalPath.map((number) => fetches[number]?.subgraph ?? '');
  const waited = criticalPath.reduce((sum, number) => sum + (fetches[number]?.ms ?? 0), 0);
  const count = fetches.length === 1 ? 'one fetch' : `${fetches.length} fetches`;
  return [
    element('strong', [shownMs(ms)]),
    `, ${count}. ${made}. The answer waited ${shownMs(waited)} for `,
    element('strong', [names.join(' → ')]),
    '.',
  ];
};

/** @param {ExplainedFetch} fetch */
const showDetails = (fetch) => {
  const { subgraph, document: text, entities, startMs, ms } = fetch;
  const { attempts, source, outcome, characters, waitedFor } = fetch;
  const facts = {
    Took: `${shownMs(ms)}, from ${shownMs(startMs)}`,
    ...(entities !== null && { Entities: String(entities) }),
    'Waited for': waitedFor.length === 0 ? 'nothing' : namesOf(waitedFor),
    Outcome: isFailed(fetch) ? `failed: ${outcome}` : outcome,
    'Answer from': source,
    Attempts: String(attempts),
    ...(characters !== null && { Characters: characters.toLocaleString('en') }),
  };
  byId('details').replaceChildren(
    element('h2', [`${subgraph}: ${placeOf(fetch)}`]),
    element(
      'dl',
      Object.entries(facts).map(([name, value]) =>
        element('div', [element('dt', [name]), element('dd', [value])]),
      ),
    ),
    element('pre', [text]),
  );
};

/** @param {readonly number[]} numbers */
const namesOf = (numbers) =>
  numbers.map((number) => shown?.fetches[number]?.subgraph ?? '').join(', ');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
form.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});
new ResizeObserver(() => {
  if (shown !== undefined) drawWaterfall(waterfall, shown, showDetails);
}).observe(waterfall);
if (fields.query.value === '') fields.query.value = EXAMPLE;
