import { createHash } from 'node:crypto';
import { type Caller, GUEST, type Viewer } from '../../contract/viewer.ts';
import type { Asking } from '../execution/asking.ts';
import type { CachePolicy } from './policy.ts';

/** Whom an answer is kept for, and who asks for it. */
export interface Audience {
  readonly key: string;
  readonly tags: readonly string[];
  readonly asking: Asking;
}

/** What everyone may see is asked for by nobody in particular, so that it can hold nothing private. */
const NOBODY: Caller = { viewer: GUEST, clientAddress: null };

export const audienceOf = ({ scope }: CachePolicy, asking: Asking): Audience => {
  if (scope === 'PUBLIC') return { key: 'public', tags: [], asking: { ...asking, caller: NOBODY } };
  const { viewer } = asking.caller;
  return { key: keyOf(viewer), tags: [viewerTag(viewer)], asking };
};

/** Of everything private of a viewer. It is invalidated when they change something, so that they see it. */
export const viewerTag = (viewer: Viewer): string => `viewer ${keyOf(viewer)}`;

/** All guests are one: what is kept for them must not depend on their address. */
const keyOf = (viewer: Viewer): string => {
  switch (viewer.kind) {
    case 'guest':
      return 'guest';
    case 'user':
      return JSON.stringify([viewer.id, viewer.scopes]);
    case 'service':
      return `service ${viewer.name}`;
  }
};

/** A text in 43 letters. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');
