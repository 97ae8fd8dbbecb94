import type { DocumentNode } from 'graphql';
import type { Logger } from '../../process/log.ts';
import { refusal } from '../refusal.ts';
import { readTrustedDocuments, type TrustedDocuments } from './trusted.ts';

/** What becomes of operations that no frontend has registered. */
export const TRUST_MODES = ['off', 'log', 'only'] as const;
export type TrustMode = (typeof TRUST_MODES)[number];

/** Registered operations, and whether clients may ask others. */
export interface Trust {
  readonly trustedDocuments: TrustedDocuments;
  /** @throws Refusal where the document may not be asked */
  readonly permitClients: (document: DocumentNode) => void;
}

/** @throws SettingsError where a registered file cannot be read */
export const trustDocuments = (
  settings: {
    readonly operations: string;
    readonly serviceOperations: string;
    readonly trustedDocuments: TrustMode;
  },
  log: Logger,
): Trust => {
  const trustedDocuments = readTrustedDocuments(settings.operations, settings.serviceOperations);
  const permits: Readonly<Record<TrustMode, Trust['permitClients']>> = {
    off: () => {},
    log: (document) => {
      if (!trustedDocuments.has(document)) log.warn(namesIn(document), 'not registered');
    },
    only: (document) => {
      if (!trustedDocuments.has(document)) throw refusal('OPERATION_NOT_REGISTERED');
    },
  };
  return { trustedDocuments, permitClients: permits[settings.trustedDocuments] };
};

const namesIn = ({ definitions }: DocumentNode) => ({
  operation: definitions.flatMap((each) =>
    each.kind === 'OperationDefinition' ? (each.name?.value ?? 'unnamed') : [],
  )[0],
});
