import { readFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url);

/**
 * The fenced block of the README that follows the comment `<!-- kind: name -->`.
 *
 * @param {'command' | 'query' | 'headers' | 'answer'} kind
 * @param {string} name
 * @returns {string}
 */
export const readmeBlock = (kind, name) => {
  const marker = `<!-- ${kind}: ${name} -->`;
  const [, rest] = readFileSync(README, 'utf8').split(marker);
  const block = /^\s*```\w*\n([\s\S]*?)\n```/.exec(rest ?? '')?.[1];
  if (block === undefined) throw new Error(`README.md has no block after ${marker}`);
  return block;
};

const [, script, kind, name] = process.argv;
if (
  script?.endsWith('readme.mjs') &&
  (kind === 'command' || kind === 'query' || kind === 'answer')
) {
  process.stdout.write(`${readmeBlock(kind, name ?? '')}\n`);
}
