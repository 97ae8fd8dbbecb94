import type { IncomingMessage } from 'node:http';
import accepts from 'accepts';
import { LRUCache } from 'lru-cache';
import type {
  Accepts,
  AnswerType,
  DeferredParts,
  EventParts,
  EventStream,
  Results,
} from '../exchange.ts';
import { refusal } from '../refusal.ts';

/** In the order of preference where the client has none; see GraphQL over HTTP, section 6.3. */
const TYPES = [
  'application/json',
  'application/graphql-response+json',
] as const satisfies AnswerType[];

const CHARSET = '; charset=utf-8';

const DEFERRED_PARTS: DeferredParts = 'multipart/mixed;boundary="graphql";deferSpec=20220824';
const EVENT_PARTS: EventParts = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0';
const EVENT_STREAM: EventStream = 'text/event-stream';

/** What a client reads by its `accept` header. */
export const negotiate = ({ headers: { accept } }: IncomingMessage): Accepts => {
  const header = accept ?? '*/*';
  const known = negotiated.get(header);
  if (known !== undefined) return known;
  const found = readAccept(header);
  negotiated.set(header, found);
  return found;
};

/** Clients of one kind send one header; reading it costs more than many a small answer. */
const negotiated = new LRUCache<string, Accepts>({
  maxSize: 200_000,
  sizeCalculation: (_value, header) => header.length + 1,
});

const readAccept = (header: string): Accepts => {
  const names = (type: string, butNot = 'none/none'): boolean =>
    preferred(header, [butNot, type]) === type;
  const stream = names(EVENT_STREAM) ? EVENT_STREAM : null;
  return {
    single: wholeType(header) ?? stream,
    incremental: names(DEFERRED_PARTS) ? DEFERRED_PARTS : stream,
    // Clients that name multipart without its parameters read @defer so, but not subscriptions.
    events: names(EVENT_PARTS, 'multipart/mixed') ? EVENT_PARTS : stream,
  };
};

const wholeType = (header: string): AnswerType | null => {
  // What is asked for with a charset is met only by an offer with one.
  const best = preferred(
    header,
    TYPES.flatMap((type) => [type, `${type}${CHARSET}`]),
  );
  return TYPES.find((type) => best === type || best === `${type}${CHARSET}`) ?? null;
};

/**
 * The type that the client likes best. A type offered behind another one wins only where the client
 * names it, since wildcards take the first: a client that says `*` does not mean streams.
 */
const preferred = (accept: string, types: readonly string[]): unknown =>
  // The package reads the headers alone.
  accepts({ headers: { accept } } as IncomingMessage).type([...types]);

/** Whether a browser is at the address bar, rather than a program at the API. */
export const wantsHtml = (request: IncomingMessage): boolean =>
  accepts(request).types(['application/json', 'text/html']) === 'text/html';

/** What a client that accepts something else is told. */
const CURES: Readonly<Record<Results['kind'], string | undefined>> = {
  single: undefined,
  incremental: `The operation uses @defer, and the request does not accept an answer in parts. Send \`accept: multipart/mixed;deferSpec=20220824, application/json\`, or leave @defer out.`,
  events: `The operation is a subscription, and the request does not accept a stream of events. Send \`accept: multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/json\` or \`accept: text/event-stream\`, or use a WebSocket with the subprotocol graphql-transport-ws.`,
};

/**
 * How results of this kind are to be written. To be asked before an operation is executed, so that
 * nothing is fetched or changed for an answer that cannot be delivered.
 *
 * @throws Refusal NOT_ACCEPTABLE where the client does not read such an answer.
 */
export const acceptAnswer = <Kind extends Results['kind']>(
  kind: Kind,
  accepted: Accepts,
): NonNullable<Accepts[Kind]> => {
  const delivery = accepted[kind];
  if (delivery === null) throw refusal('NOT_ACCEPTABLE', CURES[kind]);
  return delivery;
};
