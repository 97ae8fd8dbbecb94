import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse, printError, Source, validate } from 'graphql';
import { drawPlan } from '../../checks/costs/draw.ts';
import { MEASURES, type PlanCost } from '../../checks/costs/measure.ts';
import { CheckFailure } from '../../checks/failure.ts';
import {
  MANIFEST,
  operationsIn,
  type RegisteredOperation,
  sourcesOf,
} from '../../checks/operations/read.ts';
import { isServiceName } from '../../contract/service-token.ts';
import { idOf } from './ids.ts';
import { removeOperations } from './remove.ts';
import type { Estimate, Workshop } from './workshop.ts';

/** What is to be registered. */
export interface Addition {
  /** Of all applications. */
  readonly folder: string;
  readonly app: string;
  readonly file: string;
  /** Whether an operation that has the name of another takes its place. */
  readonly replaces: boolean;
}

/** An operation of the file, and what it takes. */
interface Judged {
  readonly operation: RegisteredOperation;
  readonly estimate: Estimate;
}

/**
 * Registers the operations of a file: they must have names, fit what the application sees, and be planned. Each that says
 * no budget gets one of what it takes now. Nothing is written where anything is wrong.
 *
 * @returns what was registered, for people
 * @throws CheckFailure for everything that is wrong, with its place and cure
 */
export const addOperations = async (addition: Addition, workshop: Workshop): Promise<string> => {
  const { folder, app, file, replaces } = addition;
  checkApp(app);
  const target = path.join(folder, app, path.basename(file));
  const others = sourcesOf(path.join(folder, app)).filter(({ name }) => name !== target);
  const own = sourcesFrom(file);
  const operations = operationsIn(app, [...own, ...others]).filter(({ definition }) =>
    own.includes(definition.loc?.source ?? new Source('')),
  );
  checkNames(operations, file);
  const replaced = operationsIn(app, others).filter(({ name }) =>
    operations.some((each) => each.name === name),
  );
  if (replaced.length > 0 && !replaces) throw takenNames(replaced);
  for (const each of operations) checkFit(each, workshop);
  const judged: Judged[] = [];
  for (const operation of operations) judged.push(await judge(operation, workshop));

  for (const { name } of replaced) removeOperations(folder, app, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, textOf(file, judged));
  // As it is now, with the budgets above it: what its id is follows from what was written.
  const written = new Map(
    operationsIn(app, sourcesOf(path.join(folder, app))).map((each) => [each.name, each]),
  );
  return [
    ...judged.map(({ operation, estimate }) =>
      told(written.get(operation.name) ?? operation, estimate),
    ),
    ...replaced.map(({ name }) => `${app} ${name} took the place of another.`),
    `Wrote ${target}. A router reads it when it starts.`,
  ].join('\n');
};

const checkApp = (app: string): void => {
  const [first = '', service, ...more] = app.split('/');
  const isService = first === 'services' && service !== undefined && more.length === 0;
  if (isService && isServiceName(service)) return;
  if (!app.includes('/') && /^[a-z][a-z0-9-]*$/.test(app) && first !== 'services') return;
  throw new CheckFailure([
    `${app} is no name of an application: write small letters, digits and -, such as storefront, or services/NAME.`,
  ]);
};

const sourcesFrom = (file: string): readonly Source[] => {
  if (!existsSync(file)) throw new CheckFailure([`${file} is not there.`]);
  if (file.endsWith('.graphql')) return [new Source(readFileSync(file, 'utf8'), file)];
  if (path.basename(file) === MANIFEST) {
    const texts = Object.values(Object(JSON.parse(readFileSync(file, 'utf8'))));
    return texts.map((text) => new Source(String(text), file));
  }
  throw new CheckFailure([`${file} is neither a .graphql file nor a ${MANIFEST}.`]);
};

const checkNames = (operations: readonly RegisteredOperation[], file: string): void => {
  if (operations.length === 0) throw new CheckFailure([`${file} has no operation.`]);
  const unnamed = operations.find(({ definition }) => definition.name === undefined);
  if (unnamed === undefined) return;
  const line = unnamed.definition.loc?.startToken.line ?? 1;
  throw new CheckFailure([
    `${file}:${line}: an operation has no name: write one, such as \`query FirstPage\`, by which everybody knows it.`,
  ]);
};

const takenNames = (operations: readonly RegisteredOperation[]): CheckFailure =>
  new CheckFailure(
    operations.map(
      ({ app, name, definition }) =>
        `${app} has ${name} already, in ${definition.loc?.source.name}: name it otherwise, or replace it (--replace).`,
    ),
  );

const checkFit = ({ document, sender }: RegisteredOperation, { schemaFor }: Workshop): void => {
  const errors = validate(schemaFor(sender), document);
  if (errors.length > 0) throw new CheckFailure(errors.map(printError));
};

const judge = async (operation: RegisteredOperation, { estimate }: Workshop): Promise<Judged> => {
  const estimated = await estimate(operation);
  if (typeof estimated !== 'string') return { operation, estimate: estimated };
  throw new CheckFailure([`${operation.app} ${operation.name} cannot be planned: ${estimated}`]);
};

/** The file with budgets above those operations that say none. */
const textOf = (file: string, judged: readonly Judged[]): string => {
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.graphql')) return text;
  const missing = new Map(
    judged
      .filter(({ operation: { promises } }) =>
        MEASURES.every((each) => promises.budget[each] === null),
      )
      .map(({ operation, estimate }) => [operation.name, budgetOf(estimate.plan)]),
  );
  // From the last to the first, so that places stay where they are.
  return parse(text)
    .definitions.toReversed()
    .reduce((changed, each) => {
      const budget = each.kind === Kind.OPERATION_DEFINITION && missing.get(each.name?.value ?? '');
      const start = each.loc?.start ?? 0;
      return budget
        ? `${changed.slice(0, start)}# budget: ${budget}\n${changed.slice(start)}`
        : changed;
    }, text);
};

const budgetOf = (plan: PlanCost): string =>
  MEASURES.map((measure) => `${measure} ${plan[measure]}`).join(', ');

const told = (operation: RegisteredOperation, { fetches, plan, cost }: Estimate): string =>
  [
    `${operation.app} ${operation.name}`,
    `  id      ${idOf(operation)}`,
    `  plan    ${drawPlan(fetches).split('\n').join('\n          ')}`,
    `  takes   ${budgetOf(plan)}`,
    `  budget  ${MEASURES.flatMap((each) => (operation.promises.budget[each] === null ? [] : [`${each} ${operation.promises.budget[each]}`])).join(', ') || 'none'}`,
    `  cost    ${cost === null ? 'unknown: it depends on variables' : `about ${cost}`}`,
  ].join('\n');
