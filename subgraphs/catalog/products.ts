import type { Price } from '../kit/money.ts';

/** From best to worst, as the schema lists them. */
export const CONDITIONS = ['NEW', 'LIKE_NEW', 'VERY_GOOD', 'GOOD', 'FAIR'] as const;
export type Condition = (typeof CONDITIONS)[number];

export type Availability = 'AVAILABLE' | 'RESERVED' | 'SOLD' | 'WITHDRAWN';

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** An item for sale, or that was. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly condition: Condition;
  readonly brand: string | null;
  readonly price: Price;
  readonly categoryId: string;
  readonly sellerId: string;
  readonly availability: Availability;
  /** At least 1 while AVAILABLE, 0 once SOLD or WITHDRAWN. */
  readonly quantityAvailable: number;
  readonly attributes: readonly Attribute[];
  readonly listedAt: Date;
  readonly updatedAt: Date;
}

/** All that this service knows of a person. */
export interface Seller {
  readonly id: string;
}
