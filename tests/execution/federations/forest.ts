import type { FederationSource } from './federation.ts';

/** Types that refer to themselves and to one another, as entities and as values. */
export const forest: FederationSource = {
  name: 'forest',
  avoids: ['conditions', 'reused-names'],
  subgraphs: {
    trees: `
      type Query { tree(depth: Int): Tree trees: [Tree!] me: Node }
      type Tree @key(fields: "id") { id: ID! left: Tree right: Tree! value: Int branch: Branch }
      type Branch { leaves: [Leaf] branches: [Branch!] tree: Tree }
      type Leaf { green: Boolean! branch: Branch }
      interface Node @key(fields: "id") { id: ID! next: Node }
      type Inner implements Node @key(fields: "id") { id: ID! next: Node children: [Node!] tree: Tree }
      type Outer implements Node @key(fields: "id") { id: ID! next: Node }
    `,
    birds: `
      type Query { bird: Bird }
      type Bird @key(fields: "id") { id: ID! mate: Bird nest: Nest }
      type Nest { tree: Tree! birds: [Bird!]! }
      type Tree @key(fields: "id") {
        id: ID! nests: [Nest] value: Int @external height: Int @requires(fields: "value")
      }
      type Node @key(fields: "id") @interfaceObject { id: ID! visitedBy: [Bird] }
    `,
    weather: `
      type Tree @key(fields: "id") { id: ID! height: Int @external sways: Boolean! @requires(fields: "height") }
      type Bird @key(fields: "id") { id: ID! flies: Boolean }
    `,
  },
};
