/** Where an order goes, as it was when the order was placed. */
export interface DeliveryAddress {
  readonly recipient: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
}

/** The users' addresses, which are another service's. */
export interface Addresses {
  /**
   * An address of that user's: the one with the id, or their default one; null where they have none.
   *
   * @throws where the other service does not answer
   */
  readonly addressFor: (userId: string, id: string | null) => Promise<DeliveryAddress | null>;
}
