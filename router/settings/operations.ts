import { str } from 'envalid';
import { type Values, wholeNumber } from '../../process/settings.ts';
import { TRUST_MODES, type TrustMode } from '../documents/trust.ts';

/** Which operations are taken, and what is kept of them. */
export interface OperationSettings {
  /** Path of the folder with the operations that services have registered. */
  readonly serviceOperations: string;
  /** Path of the folder with the operations that frontends have registered. */
  readonly operations: string;
  /** What becomes of clients' operations that are not registered. */
  readonly trustedDocuments: TrustMode;
  /** Whether clients may name by its hash what they have sent before. */
  readonly persistedQueries: boolean;
  readonly persistedQueryBytes: number;
  readonly operationCacheBytes: number;
  readonly planningTimeoutMs: number;
}

export const operationSpecs = {
  SERVICE_OPERATIONS: str({
    default: 'operations/services',
    desc: 'path of the folder with the operations that services have registered, a folder for each',
  }),
  OPERATIONS: str({
    default: 'operations',
    desc: 'path of the folder with the operations that frontends have registered, a folder for each',
  }),
  TRUSTED_DOCUMENTS: str({
    choices: TRUST_MODES,
    default: 'off',
    desc: 'only refuses clients’ operations that are not registered; log lets them through and logs each',
  }),
  PERSISTED_QUERIES: str({
    choices: ['on', 'off'],
    default: 'on',
    desc: 'on lets clients name by its hash a document that they have sent before (Apollo’s APQ)',
  }),
  PERSISTED_QUERY_BYTES: wholeNumber(1024)({
    default: 16_777_216,
    desc: 'how much documents that are kept for that may weigh together, in bytes',
  }),
  OPERATION_CACHE_BYTES: wholeNumber(0)({
    default: 67_108_864,
    desc: 'how much prepared operations may weigh together, estimated, in bytes',
  }),
  PLANNING_TIMEOUT_MS: wholeNumber(1)({
    default: 5_000,
    desc: 'how long planning an operation that was not asked before may take, in milliseconds',
  }),
} as const;

export const readOperationSettings = (
  values: Values<typeof operationSpecs>,
): OperationSettings => ({
  serviceOperations: values.SERVICE_OPERATIONS,
  operations: values.OPERATIONS,
  trustedDocuments: values.TRUSTED_DOCUMENTS,
  persistedQueries: values.PERSISTED_QUERIES === 'on',
  persistedQueryBytes: values.PERSISTED_QUERY_BYTES,
  operationCacheBytes: values.OPERATION_CACHE_BYTES,
  planningTimeoutMs: values.PLANNING_TIMEOUT_MS,
});
