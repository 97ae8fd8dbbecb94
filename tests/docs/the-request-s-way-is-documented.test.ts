import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { README } from './readme.ts';

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The stages that `answer` in router.ts calls, in order. */
const calledStages = (): string[] => {
  const source = readFileSync('router/router.ts', 'utf8');
  const stages = new Set(
    [...source.matchAll(/import \{ (\w+).*from '\.\/stages\//g)].map(([, name]) => name),
  );
  const [, body = ''] = source.split('const answer = ');
  return [...body.matchAll(/(\w+)\(/g)]
    .map(([, name = '']) => name)
    .filter((name, index, all) => stages.has(name) && all.indexOf(name) === index);
};

test('the README tells the stages in the order that the router calls them', () => {
  const [, section = ''] = README.split('The way of a request through the router:');
  const told = [...section.matchAll(/\*\*(\w+)\*\*/g)].map(([, name]) => name);
  expect(told).toEqual(calledStages());
  expect(told.length).toBeGreaterThan(5);
});

test('every stage is a file with a test of the same name', () => {
  const files = (folder: string) =>
    readdirSync(folder).map((file) => file.replace(/(\.test)?\.ts$/, ''));
  expect(files('router/stages').sort()).toEqual(calledStages().map(kebab).sort());
  expect(files('tests/router/stages').sort()).toEqual(files('router/stages').sort());
});
