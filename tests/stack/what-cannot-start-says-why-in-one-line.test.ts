import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../stack/arguments.mjs';
import {
  developmentSecret,
  emptyDataFolder,
  lockDataFolder,
  openDataFolder,
} from '../../stack/data-folder.ts';
import { freePort, tryPort } from '../../stack/ports.ts';
import { dependenciesProblem, nodeProblem } from '../../stack/preflight.mjs';
import { readStackSettings } from '../../stack/settings.ts';
import { temporaryFolder } from './folders.ts';

describe('Node', () => {
  const range = '^20.19 || ^22.12 || >=24';

  it.each(['20.19.0', '20.20.2', '22.12.0', '22.30.1', '24.0.0', '26.1.0'])(
    '%s is fine',
    (version) => {
      expect(nodeProblem(version, range)).toBeUndefined();
    },
  );

  it.each(['14.21.3', '18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.5.0'])(
    '%s is refused with what is needed and how to get it',
    (version) => {
      const problem = nodeProblem(version, range);
      expect(problem).toContain(`Node ${version}`);
      expect(problem).toContain(range);
      expect(problem).toContain('nvm install --lts');
      expect(problem).not.toContain('\n');
    },
  );

  it('of this test is fine by package.json', () => {
    expect(nodeProblem(process.versions.node)).toBeUndefined();
  });
});

it('missing dependencies are refused with the cure', () => {
  using folder = temporaryFolder();
  expect(dependenciesProblem(folder.path)).toContain('run npm ci');
  expect(dependenciesProblem()).toBeUndefined();
});

describe('the command line', () => {
  const read = (args: string[], isTerminal = false) => readArguments(args, { isTerminal });

  it('may be empty', () => {
    expect(read([])).toEqual({ options: { dev: false, reset: false, yes: false } });
  });

  it('--reset is refused where nobody can be asked', () => {
    expect(read(['--reset'])).toEqual({ problem: expect.stringContaining('add --yes') });
    expect(read(['--reset', '--yes'])).toMatchObject({ options: { reset: true, yes: true } });
    expect(read(['--reset'], true)).toMatchObject({ options: { reset: true, yes: false } });
  });

  it.each(['x', '70000', '-1', '4100.5'])('is refused with a port of %s', (port) => {
    expect(read([`--port=${port}`])).toEqual({ problem: expect.stringContaining('is not a port') });
  });

  it.each(['--prot', 'stray'])('is refused with %s', (arg) => {
    expect(read([arg])).toEqual({ problem: expect.stringContaining('npm start -- --help') });
  });
});

describe('production refuses', () => {
  const production = { NODE_ENV: 'production', SIGNING_SECRET: 'x'.repeat(32) };

  it('nothing that is its own', () => {
    expect(readStackSettings(production)).toMatchObject({
      developmentIdentity: 'off',
      seed: false,
    });
  });

  it.each([
    ['no secret', { SIGNING_SECRET: undefined }, 'SIGNING_SECRET: not set'],
    [
      'a secret made for development',
      { SIGNING_SECRET: `development-${'x'.repeat(32)}` },
      'SIGNING_SECRET was made for development',
    ],
    ['identities made up by clients', { DEVELOPMENT_IDENTITY: 'on' }, 'DEVELOPMENT_IDENTITY'],
  ])('%s', (_, environment, message) => {
    expect(() => readStackSettings({ ...production, ...environment })).toThrow(message);
  });
});

it('development lets clients say who they are, and seeds', () => {
  expect(readStackSettings({})).toMatchObject({
    developmentIdentity: 'on',
    seed: true,
    port: 4000,
  });
});

describe('a data folder', () => {
  it('is one launcher’s at a time', () => {
    using folder = temporaryFolder();
    const data = openDataFolder(folder.path);
    const { release } = lockDataFolder(data);
    expect(() => lockDataFolder(data)).toThrow(`Emporium runs already on ${data.path}`);
    release();
    expect(lockDataFolder(data).wasLeftBehind).toBe(false);
  });

  it.each([
    ['is dead', '4194304 12345'],
    ['left its id to another process', `${process.pid} 1`],
    ['was cut off while writing', ''],
  ])('is free when its launcher %s', (_, left) => {
    using folder = temporaryFolder();
    const data = openDataFolder(folder.path);
    writeFileSync(data.lock, left);
    expect(lockDataFolder(data).wasLeftBehind).toBe(true);
  });

  it('keeps a secret from everyone else, and keeps it', () => {
    using folder = temporaryFolder();
    const data = openDataFolder(folder.path);
    const made = developmentSecret(data);
    expect(made).toMatch(/^development-[0-9a-f]{64}$/);
    expect(developmentSecret(data)).toBe(made);
    expect(statSync(data.signingSecret).mode & 0o777).toBe(0o600);
  });

  it('is emptied of what is Emporium’s, and of nothing else', () => {
    using folder = temporaryFolder();
    const data = openDataFolder(folder.path);
    developmentSecret(data);
    mkdirSync(path.join(data.media, 'photographs'), { recursive: true });
    writeFileSync(path.join(data.path, 'letters.txt'), 'mine');
    emptyDataFolder(data);
    expect(() => statSync(data.media)).toThrow('ENOENT');
    expect(() => statSync(data.signingSecret)).toThrow('ENOENT');
    expect(readFileSync(path.join(data.path, 'letters.txt'), 'utf8')).toBe('mine');
  });
});

it('a port that is taken is known to be', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await tryPort(port, '127.0.0.1')).toBeUndefined();
  expect(await freePort(port, '127.0.0.1')).not.toBe(port);
  server.close();
});
