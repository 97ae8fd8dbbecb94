import { readFileSync } from 'node:fs';
import { CheckFailure } from '../failure.ts';

/** How often each coordinate was asked by clients, whether they have registered anything or not. */
export type UsageCounts = ReadonlyMap<string, number>;

export const NO_USAGE: UsageCounts = new Map();

/**
 * Reads a usage file: how often each coordinate was asked, as the router counts it where `SCHEMA_USAGE` is on.
 * That is the text of its metrics, the answer of Prometheus to an instant query by `coordinate`, or plain JSON:
 *
 *   { "Product.title": 120431, "Query.products.first": 5210, "Condition.NEW": 12 }
 *
 * @throws CheckFailure where it is something else
 */
export const readUsageFile = (file: string): UsageCounts => {
  const text = readText(file);
  const counts = text.trimStart().startsWith('{') ? inJson(readJson(file, text)) : inMetrics(text);
  if (counts.length === 0) throw notUsage(file, 'it counts nothing');
  return new Map(
    counts.map(([coordinate, given]) => {
      const count = typeof given === 'string' && given !== '' ? Number(given) : given;
      // Prometheus estimates what happened within a time; what happened at all is at least once.
      if (typeof count === 'number' && count >= 0) return [coordinate, Math.ceil(count)];
      throw new CheckFailure([
        `${file}: ${coordinate} is no number of times: write such as {"Product.title": 120}.`,
      ]);
    }),
  );
};

type Counts = readonly (readonly [coordinate: string, count: unknown])[];

/** A line such as `emporium_schema_usage_total{coordinate="Product.title"} 120431`. */
const SAMPLE = /^emporium_schema_usage_total\{coordinate="([\w.]+)"\} (\S+)/gm;

const inMetrics = (text: string): Counts =>
  [...text.matchAll(SAMPLE)].map(([, coordinate = '', count]) => [coordinate, count]);

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-vectors */
const inJson = (content: unknown): Counts => {
  const { data } = Object(content);
  if (data?.resultType !== 'vector') return Object.entries(Object(content));
  return Object.values(Object(data.result)).map((each) => {
    const { metric, value } = Object(each);
    return [String(metric?.coordinate), value?.[1]];
  });
};

const readJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notUsage(file, reasonOf(error));
  }
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw notUsage(file, reasonOf(error));
  }
};

const notUsage = (file: string, reason: string): CheckFailure =>
  new CheckFailure([
    `${file} is no usage file: ${reason}. It is JSON such as {"Product.title": 120}, what Prometheus answers, or a router's metrics with SCHEMA_USAGE=on.`,
  ]);

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
