import type { DocumentNode, GraphQLSchema } from 'graphql';
import { canonicalText } from '../documents/registered.ts';
import { refusal } from '../refusal.ts';
import { createOperationCache, type OperationCache } from './operation-cache.ts';

/** What one kind of caller sees of a supergraph, and what is prepared for it. */
export interface View {
  readonly schema: GraphQLSchema;
  readonly operations: OperationCache;
  /** @throws Refusal where this caller may not ask such a thing, whatever the schema says */
  readonly permit: (document: DocumentNode) => void;
}

/** Of clients: whatever fits the schema, as far as it is permitted. */
export const clientView = (
  schema: GraphQLSchema,
  cacheBytes: number,
  permit: View['permit'],
): View => ({ schema, operations: createOperationCache(cacheBytes), permit });

/** A service has a handful of operations. */
const SERVICE_CACHE_BYTES = 8_388_608;

/** Of a service: what it registered. */
export const serviceView = (schema: GraphQLSchema, registered: ReadonlySet<string>): View => ({
  schema,
  operations: createOperationCache(SERVICE_CACHE_BYTES),
  permit: (document) => {
    if (!registered.has(canonicalText(document))) throw refusal('OPERATION_NOT_REGISTERED');
  },
});
