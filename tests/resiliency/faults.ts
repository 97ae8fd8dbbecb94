import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubgraphName } from '../../stack/subgraphs.ts';
import { asSuperuser } from '../kit/database.ts';
import { type FaultProxy, NONE, type Fault as ProxyFault } from './fault-proxy.ts';
import { SECRETS } from './leaks.ts';
import { MAX_RESPONSE_BYTES, type Market } from './market.ts';
import type { Fault, Row } from './matrix.ts';

/** Debian's `faketime`: a library that tells the programs it is loaded into another time. */
export const FAKETIME = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

const AN_HOUR_ON = {
  LD_PRELOAD: FAKETIME ?? '',
  FAKETIME: '+1h',
  // Time-outs and pauses are measured by another clock, which goes on as it does.
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
};

/** Late, and well within every time-out: the shortest is that of Redis, 100 ms. */
const SLOW: ProxyFault = { kind: 'slow', delayMs: 40 };
const DOWN: ProxyFault = { kind: 'down' };
const HALF_OPEN: ProxyFault = { kind: 'half-open' };
const answers = (bytes: string | Buffer): ProxyFault => ({
  kind: 'answers',
  bytes: Buffer.from(bytes),
});
const GARBAGE = answers(`\u0000\u00ff}{ ${SECRETS} `.repeat(50));

const http = (status: string, body: string): ProxyFault =>
  answers(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nserver: nginx at 10.0.0.7\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );

/** As a server that hides nothing. */
const HTTP_ERROR = http(
  '500 Internal Server Error',
  JSON.stringify({
    errors: [
      {
        message: SECRETS,
        extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [SECRETS] },
      },
    ],
  }),
);
const OVERSIZED = http(
  '200 OK',
  JSON.stringify({ data: { everything: SECRETS.repeat(MAX_RESPONSE_BYTES / 50) } }),
);

/** https://www.postgresql.org/docs/18/protocol-message-formats.html, ErrorResponse */
const postgresError = (message: string): ProxyFault => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0CXX000\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return answers(Buffer.concat([head, fields]));
};

/** What a proxy before any server does itself. */
const ON_THE_WIRE = {
  down: DOWN,
  slow: SLOW,
  'half-open': HALF_OPEN,
  garbage: GARBAGE,
} as const satisfies Partial<Record<Fault, ProxyFault>>;

/** Lets the fault begin. @returns what ends it */
export const inflict = async (market: Market, row: Row, fault: Fault): Promise<Heal> => {
  switch (row.kind) {
    case 'service':
      return inflictOnService(market, row.name, fault);
    case 'database':
      return inflictOnDatabase(market, row.name, fault);
    case 'redis':
      return inflictOnRedis(market, fault);
    case 'worker':
      return inflictOnWorker(market, fault);
    case 'store':
      return inflictOnStore(market, fault);
  }
};

type Heal = () => Promise<void>;

const through = async (proxy: FaultProxy, fault: ProxyFault): Promise<Heal> => {
  await proxy.inflict(fault);
  return () => proxy.inflict(NONE);
};

const unknown = (fault: Fault): Error => new Error(`the table does not have ${fault} here`);

const inflictOnService = async (
  market: Market,
  name: SubgraphName,
  fault: Fault,
): Promise<Heal> => {
  const proxy = market.services[name];
  switch (fault) {
    case 'down':
    case 'slow':
    case 'garbage':
      return through(proxy, ON_THE_WIRE[fault]);
    case 'half-open':
      await proxy.inflict(HALF_OPEN);
      return async () => {
        // Else each of the routers' connections that is silent now would cost one more request its time.
        await proxy.inflict(DOWN);
        await proxy.inflict(NONE);
      };
    case 'oversized':
      return through(proxy, OVERSIZED);
    case '500':
      return through(proxy, HTTP_ERROR);
    case 'restarted under load':
      return whileRunning(market.restart(name));
    case 'disk full':
      return fillDisk(market.processOf(name).child.pid);
    case 'clock off':
      await market.restart(name, AN_HOUR_ON);
      return () => market.restart(name);
    case 'pool exhausted':
      throw unknown(fault);
  }
};

const inflictOnDatabase = async (
  { databases, databaseUrls }: Market,
  name: SubgraphName,
  fault: Fault,
): Promise<Heal> => {
  const proxy = databases[name];
  switch (fault) {
    case 'down':
    case 'slow':
    case 'half-open':
    case 'garbage':
      return through(proxy, ON_THE_WIRE[fault]);
    case '500':
      return through(proxy, postgresError(SECRETS));
    case 'restarted under load':
      return whileRunning(interrupt(proxy));
    case 'pool exhausted': {
      const database = new URL(databaseUrls[name]).pathname.slice(1);
      await asSuperuser(`ALTER DATABASE "${database}" CONNECTION LIMIT 0`);
      await asSuperuser(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
      );
      return () => asSuperuser(`ALTER DATABASE "${database}" CONNECTION LIMIT -1`);
    }
    case 'oversized':
    case 'disk full':
    case 'clock off':
      throw unknown(fault);
  }
};

const inflictOnRedis = async ({ redis }: Market, fault: Fault): Promise<Heal> => {
  if (redis === null) throw new Error('there is no Redis');
  switch (fault) {
    case 'down':
    case 'slow':
    case 'half-open':
    case 'garbage':
      return through(redis.proxy, ON_THE_WIRE[fault]);
    case '500':
      return through(redis.proxy, answers(`-ERR ${SECRETS}\r\n`));
    case 'restarted under load':
      return whileRunning(interrupt(redis.proxy));
    case 'pool exhausted':
      return through(redis.proxy, answers('-ERR max number of clients reached\r\n'));
    case 'disk full':
      return through(redis.proxy, answers('-MISCONF Redis is configured to save snapshots\r\n'));
    case 'oversized':
    case 'clock off':
      throw unknown(fault);
  }
};

const inflictOnWorker = async ({ routers }: Market, fault: Fault): Promise<Heal> => {
  const [worker = 0] = childrenOf(routers.shared.child.pid);
  switch (fault) {
    case 'down': {
      const again = routers.shared.printed('started again');
      process.kill(worker, 'SIGKILL');
      return whileRunning(again);
    }
    case 'half-open':
      process.kill(worker, 'SIGSTOP');
      return async () => void process.kill(worker, 'SIGCONT');
    case 'disk full':
      return fillDisk(worker);
    case 'restarted under load': {
      const replaced = routers.shared.printed('workers replaced');
      routers.shared.child.kill('SIGHUP');
      return whileRunning(replaced);
    }
    case 'slow':
    case 'garbage':
    case 'oversized':
    case '500':
    case 'pool exhausted':
    case 'clock off':
      throw unknown(fault);
  }
};

const inflictOnStore = async (market: Market, fault: Fault): Promise<Heal> => {
  const { mediaFolder } = market;
  switch (fault) {
    case 'down':
      // A file is where the folder was.
      await rename(mediaFolder, `${mediaFolder}-away`);
      await writeFile(mediaFolder, '');
      return async () => {
        await rm(mediaFolder);
        await rename(`${mediaFolder}-away`, mediaFolder);
      };
    case 'disk full':
      return fillDisk(market.processOf('media').child.pid);
    default:
      throw unknown(fault);
  }
};

/** Drops connections a few times, as a server does that is started again and again. */
const interrupt = async (proxy: FaultProxy): Promise<void> => {
  for (let times = 0; times < 5; times += 1) {
    await proxy.inflict(DOWN);
    await sleep(50);
    await proxy.inflict(NONE);
    await sleep(50);
  }
};

/** The fault is something that happens, and is over when it has happened. */
const whileRunning = (happening: Promise<void>): Heal => {
  // Whoever heals hears of it.
  happening.catch(() => {});
  return () => happening;
};

/** Files cannot grow any more: what is written gets EFBIG, as it would get ENOSPC. */
const fillDisk = (pid: number | undefined): Heal => {
  const limit = (size: string): void => {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
  };
  limit('0');
  return async () => limit('unlimited');
};

const childrenOf = (pid: number | undefined): readonly number[] =>
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
