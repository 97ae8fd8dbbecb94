import type { Viewer } from '../../contract/viewer.ts';
import { isId } from '../kit/ids.ts';
import type * as kit from '../kit/outcomes.ts';
import { done, FINE, problem, refused, within } from '../kit/outcomes.ts';

export type EventKind = 'VIEWED' | 'ADDED_TO_CART' | 'BOUGHT';

/** What someone says that they did. */
export interface EventInput {
  readonly kind: EventKind;
  readonly productId: string;
  readonly occurredAt?: Date | null | undefined;
  readonly sessionId?: string | null | undefined;
  readonly clientEventId: string;
}

/** Something that someone did with an item. */
export interface Event {
  readonly kind: EventKind;
  readonly productId: string;
  /** `user_…` or `session_…`: whose behaviour it is. */
  readonly actorId: string;
  readonly occurredAt: Date;
  /** Unique with the actor: the same counts once. */
  readonly clientEventId: string;
}

/** The closed list of refusals; the schema's `RecordEventsErrorCode`. */
export type RecordEventsErrorCode = 'UNAUTHENTICATED' | 'INVALID' | 'TOO_MANY';

type Check = kit.Check<RecordEventsErrorCode>;

const MAX_EVENTS = 100;

const MAX_AGE_MS = 24 * 3_600_000;

/** Clocks of clients go wrong; an event of the far future would make all others old. */
const MAX_AHEAD_MS = 5 * 60_000;

/** Visible ASCII: UUIDs, ULIDs, base64 and the like. */
const TOKEN = /^[\x21-\x7e]{8,64}$/;

/**
 * The events behind `inputs`, each with its actor and time; or all that is wrong with them. One
 * wrong event refuses the lot, so that a client never has to find out which of them were taken.
 */
export const checkEvents = (
  inputs: readonly EventInput[],
  viewer: Viewer,
  now: Date = new Date(),
): kit.Outcome<readonly Event[], RecordEventsErrorCode> => {
  if (inputs.length > MAX_EVENTS) {
    const message = `${inputs.length} events are too many at once; send at most ${MAX_EVENTS}.`;
    return refused(problem('TOO_MANY', ['events'], message));
  }
  const wrong: Check[number][] = [];
  const events = inputs.flatMap((input, index) => {
    const actorId = actorOf(input, viewer);
    const check = [...checkActor(input, actorId), ...checkEvent(input, now)];
    wrong.push(...within(['events', String(index)], check));
    return actorId === null ? [] : eventOf(input, actorId, now);
  });
  if (wrong.length > 0) return refused(wrong);
  // Else one request could make up a hundred people who agree with each other.
  if (new Set(events.map(({ actorId }) => actorId)).size > 1) {
    return refused(problem('INVALID', ['events'], 'The events of one request are of one session.'));
  }
  return done(events);
};

// Two name spaces: no session id can name a user.
const actorOf = ({ sessionId }: EventInput, viewer: Viewer): string | null => {
  if (viewer.kind === 'user') return viewer.id;
  return sessionId == null || !TOKEN.test(sessionId) ? null : `session_${sessionId}`;
};

const eventOf = (input: EventInput, actorId: string, now: Date): Event => ({
  kind: input.kind,
  productId: input.productId,
  actorId,
  occurredAt: input.occurredAt ?? now,
  clientEventId: input.clientEventId,
});

const checkActor = ({ sessionId }: EventInput, actorId: string | null): Check => {
  if (actorId !== null) return FINE;
  if (sessionId == null) {
    return problem('UNAUTHENTICATED', ['sessionId'], 'Log in, or name a session.');
  }
  return problem(
    'INVALID',
    ['sessionId'],
    'A session is named by 8 to 64 visible ASCII characters.',
  );
};

const checkEvent = (input: EventInput, now: Date): Check => [
  ...(isId('product', input.productId)
    ? FINE
    : problem('INVALID', ['productId'], 'That is not the id of an item.')),
  ...(TOKEN.test(input.clientEventId)
    ? FINE
    : problem('INVALID', ['clientEventId'], 'It has 8 to 64 visible ASCII characters.')),
  ...(isRecent(input.occurredAt ?? now, now)
    ? FINE
    : problem('INVALID', ['occurredAt'], 'It is at most 24 hours ago, and not to come.')),
];

const isRecent = (instant: Date, now: Date): boolean => {
  const age = now.getTime() - instant.getTime();
  return age <= MAX_AGE_MS && age >= -MAX_AHEAD_MS;
};
