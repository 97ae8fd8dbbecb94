import type { FederationSource } from './federation.ts';

/**
 * Names that JavaScript's objects have or inherit, as types, fields, keys, arguments and values.
 * (`__proto__` can be an alias only: a schema may not define names that begin so.)
 */
export const hostile: FederationSource = {
  name: 'hostile',
  avoids: ['conditions', 'aliases-that-are-fields'],
  subgraphs: {
    'one-"1"': `
      "Quotes \\" and a backslash \\\\ in a description."
      type Query { constructor(toString: Object): Function toString: [Function!] then(id: ID!): Thing }
      input Object { hasOwnProperty: String = "\\"; //", valueOf: prototype prototype: [Object!] }
      enum prototype { constructor toString valueOf }
      type Function @key(fields: "id hasOwnProperty") {
        id: ID! hasOwnProperty: String! valueOf: prototype prototype: Function length(name: String): Int
      }
      union Thing = Function | Array
      type Array @key(fields: "id") { id: ID! constructor: String _: Int }
    `,
    two: `
      type Function @key(fields: "id hasOwnProperty") {
        id: ID! hasOwnProperty: String! valueOf: prototype @external prototype: Function @external
        constructor(then: prototype = valueOf): String @requires(fields: "valueOf prototype { id }")
        toString: Array
      }
      enum prototype { constructor toString valueOf }
      type Array @key(fields: "id") { id: ID! push: [Function] then: Boolean! }
    `,
  },
};
