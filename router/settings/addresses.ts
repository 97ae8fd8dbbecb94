import proxyAddress from '@fastify/proxy-addr';
import { makeValidator } from 'envalid';
import { readSettings } from '../../process/settings.ts';
import type { Replicas } from '../transport/replicas.ts';
import { listed } from './lists.ts';

// Settings that say where something is served: one address, or several, separated by commas.

type ByKey<Value> = Readonly<Record<string, Value>>;

/** `/media=http://host:port`, separated by commas; a path that several serve stands there for each. */
export const passThrough = makeValidator<ByKey<Replicas<string>>>((text) => {
  const origins = new Map<string, Replicas<string>>();
  for (const [path, origin] of listed(text).map(passThroughEntry)) {
    const others = origins.get(path);
    origins.set(path, others === undefined ? [origin] : [...others, origin]);
  }
  return Object.fromEntries(origins);
});

const passThroughEntry = (entry: string): readonly [string, string] => {
  const [, path, origin] = /^(\/[\w.-]+)=(https?:\/\/[^/]+)\/?$/.exec(entry) ?? [];
  if (path !== undefined && origin !== undefined) return [path, origin];
  throw new Error(`"${entry}" is not /path=http://host:port`);
};

/** `10.0.0.0/8,loopback` */
export const trustedProxies = makeValidator<readonly string[]>((text) => {
  const proxies = listed(text);
  for (const proxy of proxies) {
    try {
      proxyAddress.compile(proxy);
    } catch {
      throw new Error(`"${proxy}" is no address, network, loopback, linklocal or uniquelocal`);
    }
  }
  return proxies;
});

/** Not repeated in the error, since it may hold a password. */
export const redisUrl = makeValidator<string>((text) => {
  if (/^rediss?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new Error('it is not redis://host:port');
});

/** `https://issuer=https://issuer/keys`, separated by commas. */
export const identityProviders = makeValidator<ByKey<string>>((text) =>
  Object.fromEntries(listed(text).map(identityProvider)),
);

const identityProvider = (entry: string): readonly [string, string] => {
  const [, issuer, keys] = /^([^=]+)=(https?:\/\/.+)$/.exec(entry) ?? [];
  if (issuer !== undefined && keys !== undefined && URL.canParse(keys)) return [issuer, keys];
  throw new Error(`"${entry}" is not issuer=https://host/keys.json`);
};

/**
 * URLs by subgraph: with the prefix `ROUTING_URL_`, `ROUTING_URL_CART` is where requests to the
 * subgraph `cart` go; names are in lower case.
 *
 * @throws SettingsError naming the setting that holds something else, or nothing
 */
export const readUrls = (
  prefix: string,
  schemes: readonly string[],
  environment: ByKey<string | undefined>,
): ByKey<Replicas<string>> => {
  const urls = makeValidator<Replicas<string>>((text) => {
    const [first = text, ...others] = listed(text);
    for (const url of [first, ...others]) {
      if (URL.canParse(url) && schemes.includes(new URL(url).protocol.slice(0, -1))) continue;
      throw new Error(`"${url}" is not a URL with one of ${schemes.join(', ')}`);
    }
    return [first, ...others];
  });
  const names = Object.keys(environment).filter((name) => name.startsWith(prefix));
  const specs = Object.fromEntries(
    names.map((name) => [name, urls({ desc: 'where this subgraph is asked' })]),
  );
  const values: ByKey<Replicas<string>> = readSettings(specs, environment);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value]),
  );
};
