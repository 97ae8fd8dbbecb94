import type { MyProductConnectionResolvers } from '../../../generated/resolvers/catalog.ts';

export const MyProductConnection: MyProductConnectionResolvers = {
  nodes: async (connection) => (await connection.page()).nodes,
  edges: async (connection) => (await connection.page()).edges,
  pageInfo: async (connection) => (await connection.page()).pageInfo,
  totalCount: (connection) => connection.totalCount(),
};
