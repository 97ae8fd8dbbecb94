import type { Price } from '../kit/money.ts';

/** From best to worst, as the schema lists them. */
export const CONDITIONS = ['NEW', 'LIKE_NEW', 'VERY_GOOD', 'GOOD', 'FAIR'] as const;
export type Condition = (typeof CONDITIONS)[number];

export type Availability = 'DRAFT' | 'AVAILABLE' | 'RESERVED' | 'SOLD' | 'WITHDRAWN';

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** An item for sale, or that was, or that will be. Only in a DRAFT something may be null. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly condition: Condition | null;
  readonly brand: string | null;
  readonly price: Price | null;
  readonly categoryId: string | null;
  readonly sellerId: string;
  readonly availability: Availability;
  /** At least 1 while DRAFT or AVAILABLE, 0 once SOLD or WITHDRAWN. */
  readonly quantityAvailable: number;
  readonly attributes: readonly Attribute[];
  /** Pictures and films, in the order to show them. */
  readonly mediaIds: readonly string[];
  /** Counts what the seller changes, from 1. */
  readonly version: number;
  /** When it was put up for sale; of a draft, when it was begun. */
  readonly listedAt: Date;
  readonly updatedAt: Date;
}

/** All that this service knows of a person. */
export interface Seller {
  readonly id: string;
}
