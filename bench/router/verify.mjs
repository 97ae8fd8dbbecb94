import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { readParts } from './multipart.mjs';
import { referenceAnswer } from './subgraphs/reference.mjs';
import { requestHeaders } from './workloads.mjs';

/** @import { Answer, Verdict, Workload } from './shapes.ts' */

/** Where requests never come twice, these many are looked at. */
const SAMPLE = 32;
const AT_ONCE = 8;

/** @type {Map<string, Promise<Answer>>} */
const references = new Map();

/** How many different answers are verified. @param {Workload} workload */
const verifiedTurns = ({ variety }) => (Number.isFinite(variety) ? variety : SAMPLE);

/**
 * Asks a router everything that it is going to be asked, and compares each answer with what graphql-js
 * says. Afterwards the subgraphs have every answer in memory.
 *
 * @param {string} url
 * @param {Workload} workload
 * @returns {Promise<Verdict>}
 */
export const verify = async (url, workload) => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: AT_ONCE });
  const turns = Array.from({ length: verifiedTurns(workload) }, (_, turn) => turn);
  /** @type {number[]} */
  const lengths = [];
  /** @type {Verdict | undefined} */
  let trouble;

  const worker = async () => {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      if (trouble !== undefined) return;
      const response = await pool.request({
        path,
        method: 'POST',
        headers: requestHeaders(workload),
        body: JSON.stringify(workload.request(turn)),
      });
      const text = await response.body.text();
      lengths[turn] = Buffer.byteLength(text);
      const type = String(response.headers['content-type']);
      const answer = readAnswer(workload, type, text);
      const expected = await reference(workload, turn);
      trouble ??= typeof answer === 'string' ? refused(answer) : compareAnswers(answer, expected);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  } finally {
    await pool.destroy();
  }
  const isStable = Number.isFinite(workload.variety) && !workload.deferred;
  return trouble ?? { kind: 'right', answers: lengths.length, lengths: isStable ? lengths : [] };
};

/**
 * Data must be equal, and there must be as many errors; their words are each gateway's own.
 *
 * @param {Answer} answer
 * @param {Answer} expected
 * @returns {Verdict | undefined} nothing where the answer is right
 */
export const compareAnswers = (answer, expected) => {
  const errors = answer.errors?.length ?? 0;
  const expectedErrors = expected.errors?.length ?? 0;
  if (answer.data === undefined || (answer.data === null && errors > 0)) {
    return refused(excerpt(answer));
  }
  if (!isDeepStrictEqual(answer.data, expected.data)) {
    return { kind: 'wrong', reason: `other data: ${excerpt(answer)}` };
  }
  if (errors === expectedErrors) return undefined;
  return { kind: 'wrong', reason: `${errors} errors instead of ${expectedErrors}` };
};

/** @param {Workload} workload @param {number} turn */
const reference = (workload, turn) => {
  const key = `${workload.name} ${turn}`;
  const known = references.get(key) ?? referenceAnswer(workload.request(turn));
  references.set(key, known);
  return known;
};

/**
 * @param {Workload} workload
 * @param {string} type
 * @param {string} text
 * @returns {Answer | string} or why it is none
 */
const readAnswer = ({ deferred }, type, text) => {
  if (deferred) {
    const parts = type.startsWith('multipart/');
    return parts ? readParts(type, text) : `does not answer in parts: ${text.slice(0, 200)}`;
  }
  try {
    return JSON.parse(text);
  } catch {
    return `no JSON: ${text.slice(0, 200)}`;
  }
};

/** @param {string} reason @returns {Verdict} */
const refused = (reason) => ({ kind: 'refused', reason });

/** @param {unknown} value */
const excerpt = (value) => JSON.stringify(value).slice(0, 300);
