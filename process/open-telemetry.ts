import {
  type Context,
  defaultTextMapGetter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { NewSpan, Span, Tracing } from './tracing.ts';

// OpenTelemetry's SDK behind what the rest of the project knows of tracing. Parents are handed on and not
// looked up, so that nothing has to be registered globally.

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<NewSpan['kind'], SpanKind>;

/** How long sending spans may take, in milliseconds: a process that stops waits for it. */
const EXPORT_TIMEOUT_MS = 3_000;

/** @param endpoint where OTLP is taken, without `/v1/traces` */
export const startTracing = (service: string, endpoint: string, share: number): Tracing => {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'emporium', 'service.name': service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('emporium');
  const propagator = new W3CTraceContextPropagator();

  const start = ({ name, kind, startedMs, attributes }: NewSpan, parent: Context): Span =>
    spanOf(
      tracer.startSpan(
        name,
        { kind: KINDS[kind], startTime: timeOf(startedMs), attributes },
        parent,
      ),
      start,
    );
  return {
    begin: (headers, span) =>
      start(span, propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)),
    close: () => provider.shutdown(),
  };
};

const spanOf = (span: OtelSpan, start: (child: NewSpan, parent: Context) => Span): Span => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  if ((traceFlags & TraceFlags.SAMPLED) === 0) return unsampled(traceparent);
  return {
    traceparent,
    child: (child) => start(child, trace.setSpan(ROOT_CONTEXT, span)),
    end: ({ endedMs, name, attributes, error }) => {
      if (name !== undefined) span.updateName(name);
      if (attributes !== undefined) span.setAttributes(attributes);
      if (error !== null) {
        span.setAttribute('error.type', error);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end(timeOf(endedMs));
    },
  };
};

/** Whoever goes on with the trace is told that it is not recorded; nothing within it need be. */
const unsampled = (traceparent: string): Span => {
  const span: Span = { traceparent, child: () => span, end: () => {} };
  return span;
};

/** Milliseconds since 1970, of those of `performance.now()`. */
const timeOf = (ms: number): number => performance.timeOrigin + ms;
