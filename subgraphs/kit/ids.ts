import { typeid } from 'typeid-js';

/** The readable beginnings of ids; one for each type that has one. */
export type IdPrefix =
  | 'user'
  | 'session'
  | 'address'
  | 'product'
  | 'category'
  | 'cart'
  | 'line'
  | 'order'
  | 'shipment'
  | 'refund'
  | 'image'
  | 'video'
  | 'upload';

/** A new id such as `product_01h455vb4pex5vsknk084sn02q` (TypeID: a UUIDv7 in base 32). */
export const newId = (prefix: IdPrefix): string => typeid(prefix).toString();

/** Whether `text` has the form of an id of that type; not whether there is such a thing. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  text.length <= 64 && new RegExp(`^${prefix}_[0-9a-z]+$`).test(text);
