import { host, makeValidator, str } from 'envalid';
import { type TracingSettings, tracesEndpoint } from '../../process/open-tracing.ts';
import { listeningPort, type Mode, type Values } from '../../process/settings.ts';
import type { MetricsPlace } from '../observe/metrics-server.ts';
import { SWITCH } from './switch.ts';

/** What is told of requests, and where. */
export interface ObserveSettings extends TracingSettings {
  /** Whether each request is logged. */
  readonly logRequests: boolean;
  /** Where metrics are served; null where there are none. */
  readonly metrics: MetricsPlace | null;
  /** Whether metrics count what clients ask for of the schema. */
  readonly countsUsage: boolean;
}

const share = makeValidator<number>((text) => {
  const value = Number(text);
  if (text !== '' && value >= 0 && value <= 1) return value;
  throw new Error(`"${text}" is not a number from 0 to 1`);
});

export const observeSpecs = {
  LOG_REQUESTS: str({
    choices: SWITCH,
    default: 'auto',
    desc: 'on logs a line for each request; auto is on in production',
  }),
  METRICS_PORT: listeningPort({
    default: undefined,
    desc: 'the port of /metrics, for Prometheus; without it there are none, 0 takes a free one',
  }),
  METRICS_HOST: host({
    default: '127.0.0.1',
    desc: 'the address that /metrics listens on, which everyone may read who reaches it',
  }),
  SCHEMA_USAGE: str({
    choices: ['on', 'off'],
    default: 'off',
    desc: 'on counts at /metrics how often clients ask for each field, argument and value of the schema',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: tracesEndpoint,
  TRACES_SHARE: share({
    default: 1,
    desc: 'of requests whose clients trace nothing, the share that is traced, 0 to 1',
  }),
} as const;

export const readObserveSettings = (
  values: Values<typeof observeSpecs>,
  where: Mode,
): ObserveSettings => ({
  logRequests:
    values.LOG_REQUESTS === 'on' || (values.LOG_REQUESTS === 'auto' && where === 'production'),
  metrics:
    values.METRICS_PORT === undefined
      ? null
      : { host: values.METRICS_HOST, port: values.METRICS_PORT },
  countsUsage: values.SCHEMA_USAGE === 'on',
  tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  tracesShare: values.TRACES_SHARE,
});
