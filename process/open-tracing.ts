import { url } from 'envalid';
import type { Tracing } from './tracing.ts';

export interface TracingSettings {
  /** Null where nothing is traced. */
  readonly tracesEndpoint: string | null;
  /** Of requests that bring no trace along, the share that begins one; 1 is all of them. */
  readonly tracesShare: number;
}

/** The setting that starts it, by the name that OpenTelemetry gave it. */
export const tracesEndpoint = url({
  default: undefined,
  desc: 'where traces go, by OpenTelemetry’s OTLP over HTTP, such as http://127.0.0.1:4318; without it there are none',
});

/**
 * Starts tracing where the settings say so; otherwise nothing of it is even loaded.
 *
 * @param service what its spans are said to come from, such as `router`
 */
export const openTracing = async (
  service: string,
  { tracesEndpoint, tracesShare }: TracingSettings,
): Promise<Tracing | null> => {
  if (tracesEndpoint === null) return null;
  const { startTracing } = await import('./open-telemetry.ts');
  return startTracing(service, tracesEndpoint, tracesShare);
};
