import { isId } from '../kit/ids.ts';

/** What happened to an item. */
export type FactKind = 'LISTED' | 'SOLD' | 'WITHDRAWN' | 'CHANGED';

/** An item as the catalogue has it. */
export interface ItemState {
  readonly title: string;
  readonly brand?: string | null | undefined;
  readonly categoryId: string;
  readonly price: { readonly minorUnits: number; readonly currencyCode: string };
  readonly sellerId: string;
  /** Whether it can be bought. */
  readonly isAvailable: boolean;
  /** When it was so: what is older than what is known says nothing new of the item. */
  readonly asOf: Date;
}

/** Something that the catalogue tells of an item. */
export interface ItemFact {
  /** A UUID; the same fact counts once. */
  readonly eventId: string;
  readonly kind: FactKind;
  readonly productId: string;
  /** Who bought it, where it was sold. */
  readonly buyerId?: string | null | undefined;
  readonly occurredAt: Date;
  readonly item: ItemState;
}

const MAX_FACTS = 100;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with them, in words for whoever wrote the service that tells; null where nothing is. */
export const wrongWith = (facts: readonly ItemFact[]): string | null => {
  if (facts.length > MAX_FACTS)
    return `${facts.length} facts are too many; ${MAX_FACTS} may come at once.`;
  for (const [index, { eventId, productId, buyerId }] of facts.entries()) {
    if (!UUID.test(eventId)) return `\`facts.${index}.eventId\` is a UUID.`;
    if (!isId('product', productId)) return `\`facts.${index}.productId\` is the id of an item.`;
    if (buyerId != null && !isId('user', buyerId))
      return `\`facts.${index}.buyerId\` is the id of a user.`;
  }
  return null;
};
