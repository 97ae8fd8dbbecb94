import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { SUBGRAPHS } from '../../stack/subgraphs.ts';
import { temporaryFolder } from './folders.ts';
import { type Launched, launch } from './launched.ts';

const health = async ({ port }: Launched): Promise<number> => {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/health`);
  await body.dump();
  return statusCode;
};

/** Waits for something to become true of what was launched. */
const until = async (launched: Launched, isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isTrue(); tries += 1) await sleep(50);
  expect(isTrue(), launched.screen()).toBe(true);
};

const servantNamed = (launched: Launched, name: string) =>
  launched.servants().find(({ command }) => command.includes(`/${name}/main.js`));

// Seven processes at a time, on a machine that runs other tests as well.
describe('npm start', { timeout: 120_000 }, () => {
  it('starts everything, says where, and leaves nothing behind on Ctrl-C', async () => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path, { seed: 'auto' });
    await launched.ready();

    expect(await health(launched)).toBe(200);
    for (const place of ['/graphql', '/graphiql', '/health']) {
      expect(launched.screen()).toContain(`http://localhost:${launched.port}${place}`);
    }
    expect(launched.screen()).toContain('emporium.log');
    expect(launched.screen()).toContain('Ctrl-C');
    for (const name of [...SUBGRAPHS, 'payments'])
      expect(servantNamed(launched, name)).toBeDefined();

    launched.process.kill('SIGINT');
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
  });

  it('leaves nothing behind when it is stopped while it starts', async () => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path);
    await until(launched, () =>
      launched.servants().some(({ command }) => command.includes('dist/subgraphs')),
    );
    launched.process.kill('SIGTERM');
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
  });

  it('recovers from kill -9 of itself', async () => {
    using folder = temporaryFolder();
    await using killed = await launch(folder.path);
    await killed.ready();
    killed.process.kill('SIGKILL');

    await using launched = await launch(folder.path, { port: killed.port });
    await launched.ready();
    expect(await health(launched)).toBe(200);
    // Servers that lost their launcher have drained; those that are left are the new ones.
    await until(killed, () => !killed.servants().some(({ command }) => command.includes('dist/')));

    launched.process.kill('SIGHUP');
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
    expect(killed.servants()).toEqual([]);
  });

  it('starts a killed subgraph, payment provider and postmaster again', async () => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path);
    await launched.ready();
    const cart = servantNamed(launched, 'cart');
    const postmaster = launched
      .servants()
      .find(({ command }) => command.includes(`${folder.path}/postgres`));
    const payments = servantNamed(launched, 'payments');
    if (cart === undefined || payments === undefined || postmaster === undefined) {
      throw new Error('nothing to kill');
    }

    process.kill(cart.pid, 'SIGKILL');
    process.kill(payments.pid, 'SIGKILL');
    process.kill(postmaster.pid, 'SIGKILL');

    await until(launched, () => launched.screen().includes('cart runs again'));
    await until(launched, () => launched.screen().includes('payments runs again'));
    await until(launched, () => launched.screen().includes('PostgreSQL runs again'));
    expect(servantNamed(launched, 'cart')?.pid).not.toBe(cart.pid);
    expect(await health(launched)).toBe(200);

    launched.process.kill('SIGINT');
    expect(await launched.ended()).toBe(0);
    expect(launched.servants()).toEqual([]);
  });

  it('says in one line that it runs already on these data', async () => {
    using folder = temporaryFolder();
    await using first = await launch(folder.path);
    await until(first, () => first.servants().length > 0);
    await using second = await launch(folder.path);
    expect(await second.ended()).toBe(1);
    expect(second.screen()).toContain(
      `Emporium runs already on ${folder.path} (process ${first.process.pid})`,
    );
  });

  it('says in one line that its port is taken, and starts nothing', async () => {
    using folder = temporaryFolder();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    await using launched = await launch(folder.path, { port });

    expect(await launched.ended()).toBe(1);
    expect(launched.screen()).toContain(
      `Port ${port} is in use: stop what listens there, or choose another: npm start -- --port ${port + 100}`,
    );
    expect(launched.servants()).toEqual([]);
    squatter.close();
  });

  it('--reset deletes nothing where nobody can be asked', async () => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path, { args: ['--reset'] });
    expect(await launched.ended()).toBe(1);
    expect(launched.screen()).toContain('add --yes');
  });

  it('--help answers at once', () => {
    const start = path.resolve(import.meta.dirname, '../../stack/start.mjs');
    const text = execFileSync(process.execPath, [start, '--help'], { encoding: 'utf8' });
    for (const option of ['--port', '--reset', '--yes', '--topology monolith', 'npm run dev']) {
      expect(text).toContain(option);
    }
  });

  it('keeps secrets out of the log', async () => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path);
    await launched.ready();
    launched.process.kill('SIGINT');
    await launched.ended();
    const log = readFileSync(path.join(folder.path, 'emporium.log'), 'utf8');
    const { roles, superuser } = JSON.parse(
      readFileSync(path.join(folder.path, 'database.json'), 'utf8'),
    );
    for (const password of [superuser, ...Object.values(roles)]) {
      expect(log).not.toContain(password);
    }
    expect(log).not.toContain(readFileSync(path.join(folder.path, 'signing-secret'), 'utf8'));
  });
});
