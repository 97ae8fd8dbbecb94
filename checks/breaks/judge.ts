import { type ASTNode, type GraphQLSchema, validate } from 'graphql';
import { locationOf, type Place, placeAt } from '../../composition/place.ts';
import { usagesOf } from '../../router/supergraph/usages.ts';
import type { Finding, Judged, Severity } from '../finding.ts';
import { nameOf, type RegisteredOperation } from '../operations/read.ts';
import type { Side } from '../side.ts';
import { type ApiChange, changesBetween, touchedBy } from './changes.ts';
import type { UsageCounts } from './usage-file.ts';
import { whereIs } from './where.ts';

/** What is judged, and by whom it is asked. */
export interface Breaking {
  /** Null where there is nothing to compare with: then operations only have to fit the schema. */
  readonly before: Side | null;
  readonly after: Side;
  readonly operations: readonly RegisteredOperation[];
  readonly usage: UsageCounts;
}

/**
 * Weighs every change of the API against those who ask: what breaks a registered operation, or what a usage file says is
 * asked, is a failure; what breaks nobody who is known is a warning. Where nobody has registered anything, whatever breaks
 * may break somebody.
 */
export const judgeBreaks = async (breaking: Breaking): Promise<Judged> => {
  const { before, after, operations } = breaking;
  const changes = before === null ? [] : await weighAll({ ...breaking, before });
  return {
    findings: [...changes, ...brokenOtherwise({ after, operations }, changes)],
    text: '',
    markdown: '',
  };
};

/** What is judged, where there is something to compare with. */
export interface Change extends Breaking {
  readonly before: Side;
}

const weighAll = async (breaking: Change): Promise<readonly Finding[]> => {
  const { before, after, operations } = breaking;
  const clients = operations.filter(({ sender }) => sender === 'client');
  const services = operations.filter(({ sender }) => sender === 'service');
  const seen = await weigh(breaking, {
    schemas: [before.clients, after.clients],
    operations: clients,
    others: clients.length > 0 ? 'unknown' : 'likely',
  });
  // Services can ask what they registered, and nothing else.
  const whole = await weigh(breaking, {
    schemas: [before.whole, after.whole],
    operations: services,
    others: 'none',
  });
  const told = new Set(seen.map(({ code, message }) => `${code} ${message}`));
  const rest = whole.filter(
    ({ code, message, operations: touched }) =>
      touched.length > 0 || !told.has(`${code} ${message}`),
  );
  return [...seen, ...rest];
};

/** One schema's askers. */
export interface Askers {
  readonly schemas: readonly [before: GraphQLSchema, after: GraphQLSchema];
  readonly operations: readonly RegisteredOperation[];
  /** Whether there may be others, who registered nothing. */
  readonly others: 'none' | 'unknown' | 'likely';
}

/** Weighs every change between two API schemas against those who ask. */
export const weigh = async (
  { before: side, after, usage }: Change,
  { schemas: [before, now], operations, others }: Askers,
): Promise<readonly Finding[]> => {
  const changes = await changesBetween(before, now);
  const usages = operations.map((operation) => ({
    operation,
    used: usagesOf(operation.document, before),
  }));
  return changes.map((change) => {
    const touched = usages.flatMap(({ operation, used }) => {
      const nodes = touchedBy(change, used);
      return nodes.length === 0 ? [] : [{ operation, nodes }];
    });
    const asked = usage.get(change.coordinate) ?? 0;
    const isUsed = touched.length > 0 || asked > 0;
    return {
      part: 'breaks',
      severity: severityOf(change, isUsed, others),
      code: change.code,
      message: asked > 0 ? `${change.message}; ${timesAsked(asked)}` : change.message,
      places: [
        ...whereIs(change.coordinate, side.subgraphs, after.subgraphs),
        ...touched.flatMap(({ nodes }) => nodes.flatMap(placeOf)),
      ],
      cure: isUsed && change.level !== 'safe' ? cureOf(change) : null,
      operations: touched.map(({ operation }) => nameOf(operation)),
    };
  });
};

const severityOf = ({ level }: ApiChange, isUsed: boolean, others: Askers['others']): Severity => {
  if (level === 'safe') return 'note';
  if (level === 'dangerous') return isUsed ? 'warning' : 'note';
  if (isUsed || others === 'likely') return 'failure';
  return others === 'none' ? 'note' : 'warning';
};

const placeOf = (node: ASTNode): readonly Place[] => {
  const loc = locationOf(node);
  return loc === undefined ? [] : [placeAt(loc)];
};

const cureOf = ({ code, level }: ApiChange): string => {
  if (level === 'dangerous') return 'Look whether these operations are ready for it.';
  switch (code) {
    case 'FIELD_REMOVED':
    case 'ENUM_VALUE_REMOVED':
    case 'INPUT_FIELD_REMOVED':
    case 'FIELD_ARGUMENT_REMOVED':
    case 'TYPE_REMOVED':
    case 'UNION_MEMBER_REMOVED':
      return 'Keep it, mark it @deprecated(reason:), and remove it when nobody asks for it any more.';
    case 'FIELD_ARGUMENT_ADDED':
    case 'INPUT_FIELD_ADDED':
      return 'Make it optional, or give it a default.';
    case 'FIELD_TYPE_CHANGED':
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
    case 'INPUT_FIELD_TYPE_CHANGED':
      return 'Keep the type, and give the other one under a new name.';
    default:
      return 'Keep it as it was until these operations ask for it no more.';
  }
};

/** Operations that no longer fit the schema, for a reason that no change above names them for. */
const brokenOtherwise = (
  { after, operations }: Pick<Breaking, 'after' | 'operations'>,
  findings: readonly Finding[],
): readonly Finding[] => {
  const named = new Set(
    findings.filter(({ severity }) => severity === 'failure').flatMap((each) => each.operations),
  );
  return operations
    .filter((operation) => !named.has(nameOf(operation)))
    .flatMap((operation) => misfits(operation, after));
};

/** Why an operation does not fit the schema that its sender sees. */
const misfits = (
  operation: RegisteredOperation,
  { clients, whole }: Pick<Side, 'clients' | 'whole'>,
): readonly Finding[] => {
  const errors = validate(operation.sender === 'client' ? clients : whole, operation.document);
  return errors.map(({ message, nodes = [] }) => ({
    part: 'breaks',
    severity: 'failure',
    code: 'OPERATION_BROKEN',
    message: `${nameOf(operation)} does not fit the schema: ${message}`,
    places: nodes.flatMap(placeOf),
    cure: 'Correct the operation, or remove it from the registered ones.',
    operations: [nameOf(operation)],
  }));
};

const timesAsked = (count: number): string =>
  count === 1 ? 'it was asked once' : `it was asked ${count} times`;
