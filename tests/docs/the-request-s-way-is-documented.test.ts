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
  const [, whole = ''] = source.split('const answer = ');
  const [outer = '', inner = ''] = whole.split('const understand = ');
  const body = outer.replace('understand(', inner);
  return [...body.matchAll(/(\w+)\(/g)]
    .map(([, name = '']) => name)
    .filter((name, index, all) => stages.has(name) && all.indexOf(name) === index);
};

/** The layers that `wayToReplicas` in way.ts puts around each other, the outermost first. */
const calledLayers = (): string[] => {
  const source = readFileSync('router/transport/way.ts', 'utf8');
  const [, after = ''] = source.split('const wayToReplicas = ');
  const [body = ''] = after.split('\n};');
  return [...body.matchAll(/const \w+ = (\w+)\(/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('create'))
    .reverse();
};

/** What is in bold letters from there to the next heading. */
const toldAfter = (beginning: string): (string | undefined)[] => {
  const [, after = ''] = README.split(beginning);
  const [section = ''] = after.split(/^#/m);
  return [...section.matchAll(/\*\*(\w+)\*\*/g)].map(([, name]) => name);
};

test('the README tells the stages in the order that the router calls them', () => {
  const told = toldAfter('The way of a request through the router:');
  expect(told).toEqual(calledStages());
  expect(told.length).toBeGreaterThan(5);
});

test('the README tells the layers of a call, from the outermost', () => {
  const told = toldAfter('A call goes through layers');
  expect(told).toEqual(calledLayers());
  expect(told.length).toBeGreaterThan(3);
});

test('every stage is a file with a test of the same name', () => {
  const files = (folder: string) =>
    readdirSync(folder).map((file) => file.replace(/(\.test)?\.ts$/, ''));
  expect(files('router/stages').sort()).toEqual(calledStages().map(kebab).sort());
  expect(files('tests/router/stages').sort()).toEqual(files('router/stages').sort());
});
