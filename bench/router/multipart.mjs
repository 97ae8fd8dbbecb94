/** @import { Answer } from './shapes.ts' */

/** @typedef {{ data?: unknown, path?: readonly (string | number)[], errors?: readonly unknown[] }} Increment */

/**
 * Puts an answer together that came in parts (`deferSpec=20220824`).
 *
 * @param {string} type the content type
 * @param {string} text the whole body
 * @returns {Answer | string} or why it is none
 */
export const readParts = (type, text) => {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '-';
  const parts = text.split(`--${boundary}`).map((part) => part.slice(part.indexOf('\r\n\r\n') + 4));
  const [first, ...later] = parts.filter((part) => part.startsWith('{')).map(parse);
  if (first === undefined) return `no parts: ${text.slice(0, 200)}`;
  if (later.length === 0) return 'gives a single part';

  /** @type {Increment[]} */
  const increments = later.flatMap(({ incremental }) => incremental ?? []);
  if (increments.length === 0) return `parts of another format: ${text.slice(0, 300)}`;
  const errors = [first, ...increments].flatMap(({ errors = [] }) => errors);
  for (const { data, path = [] } of increments) mergeAt(first.data, path, data);
  return { data: first.data, errors };
};

/** @param {string} part */
const parse = (part) => JSON.parse(part);

/**
 * @param {any} root
 * @param {readonly (string | number)[]} path
 * @param {unknown} data
 */
// `any`: JSON that a stranger's gateway sent; what comes of it is compared with the reference.
const mergeAt = (root, path, data) => {
  const place = path.reduce((parent, key) => parent?.[key], root);
  merge(place, data);
};

/** @param {any} target @param {any} source */
const merge = (target, source) => {
  for (const [key, value] of Object.entries(source ?? {})) {
    const both = typeof target[key] === 'object' && target[key] !== null;
    if (both && typeof value === 'object' && value !== null) merge(target[key], value);
    else target[key] = value;
  }
};
