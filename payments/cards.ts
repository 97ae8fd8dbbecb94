/** The cards that the test provider knows, and what each makes it do. */
const CARDS = [
  /** Is charged. */
  'card_approved',
  /** Is declined. */
  'card_declined',
  /** Is charged at once; the first answer comes late. */
  'card_slow',
  /** Is charged; the first answer is a failure, as if the server had died over it. */
  'card_fails_after_charging',
  /** The first attempt fails with nothing charged, later ones are charged. */
  'card_fails_before_charging',
] as const;

export type Card = (typeof CARDS)[number];

/** The card of a method of payment; null where there is none of that name. */
export const cardOf = (method: string): Card | null =>
  CARDS.find((card) => card === method) ?? null;

/** Why nothing is charged to what was given as a card; null where something is. */
export const declineReason = (card: Card | null): string | null => {
  if (card === null) return 'There is no such card.';
  return card === 'card_declined' ? 'The card was declined.' : null;
};
