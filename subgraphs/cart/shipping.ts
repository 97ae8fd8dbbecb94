/** Where a parcel goes, as far as its price is concerned. */
type Zone = 'EUROPE' | 'WORLD';

const EUROPE = new Set(
  `AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO
   PL PT RO RS SE SI SK SM UA VA XK`.split(/\s+/),
);

/** In minor units of whatever currency the order is in: the first piece, and every other one. */
const TARIFF: Readonly<Record<Zone, { readonly first: bigint; readonly more: bigint }>> = {
  EUROPE: { first: 590n, more: 150n },
  WORLD: { first: 1_990n, more: 600n },
};

/**
 * What one seller's parcel costs, in minor units of the order's currency.
 *
 * @param countryCode ISO 3166-1 alpha-2, of where it goes
 * @param pieces at least 1
 */
export const shippingOf = (countryCode: string, pieces: number): bigint => {
  const { first, more } = TARIFF[EUROPE.has(countryCode) ? 'EUROPE' : 'WORLD'];
  return first + more * BigInt(pieces - 1);
};
