/** The fields of a type, by who sees them of a thing that everyone may see. */
interface Visibility {
  readonly everyone: readonly string[];
  readonly owner: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
const seen = (everyone: string, owner = ''): Visibility => ({
  everyone: words(everyone),
  owner: words(owner),
});

/** Whoever sees the thing at all sees all of it; nobody but its owner does. */
const OWNERS = 'owners';

/**
 * Every type that clients reach, and who sees which of its fields. A new field or type belongs here
 * before it belongs into the schema.
 */
export const VISIBILITY: Readonly<Record<string, Visibility | typeof OWNERS>> = {
  User: seen(
    'id handle displayName memberSince sellerProfile listings avatar',
    'email addresses preferences sessions',
  ),
  Address: OWNERS,
  Preferences: OWNERS,
  Session: OWNERS,
  SellerProfile: seen('biography location dispatchDays rating'),
  Rating: seen('average count'),

  Product: seen(
    `id title description condition brand category seller attributes price availability
     quantityAvailable mediaIds version listedAt updatedAt media coverImage related`.replace(
      /\s+/g,
      ' ',
    ),
  ),
  ProductConnection: seen('nodes edges pageInfo totalCount facets'),
  ProductEdge: seen('cursor node'),
  ProductFacets: seen('isApproximate categories brands conditions priceRanges'),
  MyProductConnection: OWNERS,
  Attribute: seen('name value'),
  Category: seen('id slug name parent children path'),
  CategoryFacet: seen('category count'),
  BrandFacet: seen('brand count'),
  ConditionFacet: seen('condition count'),
  PriceRangeFacet: seen('from below count'),
  Money: seen('amount currencyCode'),
  PageInfo: seen('hasNextPage hasPreviousPage startCursor endCursor'),

  Cart: OWNERS,
  CartLine: OWNERS,
  CartWarning: OWNERS,
  Order: OWNERS,
  OrderConnection: OWNERS,
  OrderEdge: OWNERS,
  OrderItem: OWNERS,
  Shipment: OWNERS,
  ShipmentConnection: OWNERS,
  ShipmentEdge: OWNERS,
  DeliveryAddress: OWNERS,
  Refund: OWNERS,
  CheckoutError: OWNERS,

  Media: seen('id alt width height placeholder'),
  Image: seen('id alt width height placeholder url renditions'),
  ImageRendition: seen('url width height format'),
  Video: seen(
    'id alt width height placeholder url mimeType durationSeconds poster status progress hlsUrl',
  ),

  Recommendation: seen('product reason'),
  RecommendationReason: seen('code text because'),
};

/** The fields that are said to be there; all of them where nobody has to say. */
export const classifiedFields = (type: string): readonly string[] | null => {
  const visibility = VISIBILITY[type];
  if (visibility === undefined) return [];
  return visibility === OWNERS ? null : [...visibility.everyone, ...visibility.owner];
};

/** Whether only the owner of the thing sees this field of it. */
export const isPrivate = (type: string, field: string): boolean => {
  const visibility = VISIBILITY[type];
  if (visibility === undefined) throw new Error(`nobody said who may see ${type}`);
  return visibility === OWNERS || visibility.owner.includes(field);
};
