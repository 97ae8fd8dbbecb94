import type { FederationSource } from '../federations/federation.ts';

/** A valid operation that Apollo's planner does not plan rightly. */
export interface WrongPlan {
  readonly source: FederationSource;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What comes of it, if the plan is run as it is. */
  readonly outcome:
    | 'another-answer'
    | 'planning-fails'
    /** It takes seconds and gigabytes until an array is too long. */
    | 'planning-never-ends';
  /** What is wrong, what stock @apollo/gateway answers, and what would be right. */
  readonly note: string;
}
