import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { request } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import { backOff } from '../../process/back-off.ts';
import { keepRunning } from '../../process/keep-running.ts';
import { SettingsError } from '../../process/settings.ts';
import { isAlive } from '../../stack/living.ts';
import { type ServiceOptions, startService } from '../../stack/supervisor.ts';
import { type TemporaryFolder, temporaryFolder } from './folders.ts';

const start = (folder: TemporaryFolder, options: Partial<ServiceOptions> = {}) =>
  startService({
    name: 'shop',
    script: path.join(import.meta.dirname, 'fixtures/server.mjs'),
    environment: { PATH: process.env['PATH'] },
    logFile: path.join(folder.path, 'log'),
    log: pino({ level: 'silent' }),
    ...options,
  });

/** The id of the process that answers at a URL, asked until one does. */
const whoAnswers = async (url: string): Promise<number> => {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      return Number(await (await request(url)).body.text());
    } catch {
      await sleep(50);
    }
  }
  throw new Error('nobody answers');
};

describe('a supervised process', () => {
  it('that is killed is started again on the same port', async () => {
    using folder = temporaryFolder();
    const told: string[] = [];
    const service = await start(folder, { say: (line) => told.push(line) });
    const { url, pid } = service.instance();
    expect(await whoAnswers(url)).toBe(pid);

    process.kill(pid, 'SIGKILL');
    await sleep(50);
    const next = await whoAnswers(url);

    expect(next).not.toBe(pid);
    await sleep(50);
    expect(service.instance()).toMatchObject({ pid: next, url });
    expect(told[0]).toMatch(/^shop stopped and is started again in 0\.[12] s$/);
    expect(told[1]).toBe('shop runs again');
    await service.stop();
    expect(isAlive(next)).toBe(false);
  });

  it('has a port that nobody takes meanwhile who would take any', async () => {
    using folder = temporaryFolder();
    const service = await start(folder);
    const { port } = new URL(service.instance().url);
    await service.stop();
    expect(Number(port)).toBeGreaterThan(0);
    expect(Number(port)).toBeLessThan(32_768);
  });

  it('takes another port at first where somebody was faster', async () => {
    using folder = temporaryFolder();
    const mark = path.join(folder.path, 'mark');
    const starting = start(folder, {
      script: path.join(import.meta.dirname, 'fixtures/overtaken.mjs'),
      environment: { PATH: process.env['PATH'], MARK: mark },
    });
    await vi.waitFor(() => expect(readFileSync(mark, 'utf8')).not.toBe(''), { timeout: 10_000 });
    const port = Number(readFileSync(mark, 'utf8'));
    const faster = createServer().listen(port, '127.0.0.1');
    await once(faster, 'listening');
    writeFileSync(mark, 'taken');

    const service = await starting;
    expect(service.instance().url).not.toContain(`:${port}`);
    expect(await whoAnswers(service.instance().url)).toBe(service.instance().pid);
    await service.stop();
    faster.close();
  });

  it('is started again at once when that is asked for', async () => {
    using folder = temporaryFolder();
    const service = await start(folder);
    const { url, pid } = service.instance();
    await service.restart();
    expect(service.instance().pid).not.toBe(pid);
    expect(await whoAnswers(url)).toBe(service.instance().pid);
    await service.stop();
  });

  it('stays away when it is stopped while it waits to be started again', async () => {
    using folder = temporaryFolder();
    const service = await start(folder);
    const { pid } = service.instance();
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await sleep(10);
    await service.stop();
    await sleep(400);
    expect(service.instance().pid).toBe(pid);
  });

  it('that dies before it listens ends the start with its last words', async () => {
    using folder = temporaryFolder();
    const environment = { PATH: process.env['PATH'], FAILURE: 'the shop has burnt down' };
    const logFile = path.join(folder.path, 'log');
    await expect(start(folder, { environment })).rejects.toThrow(
      `shop does not start: the shop has burnt down (its log: ${logFile})`,
    );
  });

  it('that crashes on loading is quoted by its error, not by its stack', async () => {
    using folder = temporaryFolder();
    await expect(start(folder, { script: path.join(folder.path, 'missing.mjs') })).rejects.toThrow(
      /^shop does not start: Error.*Cannot find module/,
    );
  });

  it('goes when the start is given up', async () => {
    using folder = temporaryFolder();
    const script = path.join(import.meta.dirname, 'fixtures/mute.mjs');
    const giveUp = AbortSignal.timeout(500);
    await expect(start(folder, { script, signal: giveUp })).rejects.toThrow('it was stopped');
    const pid = Number(readFileSync(path.join(folder.path, 'log'), 'utf8'));
    expect(isAlive(pid)).toBe(false);
  });
});

it('what does not start again for a reason that somebody can mend says so on the screen', async () => {
  const told: string[] = [];
  const died = { pid: 0, exited: Promise.resolve('exit code 1'), stop: async () => {} };
  let end = (_how: string): void => {};
  const exited = new Promise<string>((resolve) => {
    end = resolve;
  });
  const running = { pid: 0, exited, stop: async () => end('stopped') };
  const outcomes = [died, new SettingsError('examples.yaml:2: no such field'), running];
  const start = async () => {
    const outcome = outcomes.shift();
    if (outcome === undefined || outcome instanceof Error) throw outcome;
    return outcome;
  };
  const say = (line: string) => told.push(line);
  const kept = await keepRunning({ name: 'shop', log: pino({ level: 'silent' }), say, start });
  await vi.waitFor(() => expect(told).toContain('shop runs again'), { timeout: 10_000 });
  expect(told).toContain('examples.yaml:2: no such field');
  await kept.stop();
});

describe('pauses between starts', () => {
  it('double, up to a quarter of a minute', () => {
    const longest = [1, 2, 3, 4, 20].map((deaths) => backOff(deaths, () => 1));
    expect(longest).toEqual([250, 500, 1000, 2000, 15_000]);
  });

  it('are left to chance by half', () => {
    expect(backOff(3, () => 0)).toBe(500);
  });
});
