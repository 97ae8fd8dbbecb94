import { MEASURES } from '../../checks/costs/measure.ts';
import { CheckFailure } from '../../checks/failure.ts';
import { type RegisteredOperation, readOperations } from '../../checks/operations/read.ts';
import { inColumns } from '../../checks/report/columns.ts';
import { idOf } from './ids.ts';
import type { Workshop } from './workshop.ts';

/**
 * The registered operations, a line each: name, what the plan takes beside the budget, what it survives, id.
 *
 * @param app null for those of all
 * @throws CheckFailure where the application has none
 */
export const listOperations = async (
  folder: string,
  app: string | null,
  workshop: Workshop,
): Promise<string> => {
  const operations = readOperations(folder).filter((each) => app === null || each.app === app);
  if (operations.length === 0) {
    throw new CheckFailure([
      `${app ?? 'Nobody'} has registered nothing in ${folder}: npm run operations -- add APP FILE.`,
    ]);
  }
  const lines = [['operation', ...MEASURES, 'survives', 'id']];
  for (const operation of operations) lines.push(await lineOf(operation, workshop));
  return inColumns(lines);
};

const lineOf = async (operation: RegisteredOperation, workshop: Workshop): Promise<string[]> => {
  const { app, name, promises } = operation;
  const estimate = await workshop.estimate(operation);
  const takes = MEASURES.map((measure) => {
    if (typeof estimate === 'string') return '-';
    const budget = promises.budget[measure];
    return `${estimate.plan[measure]}${budget === null ? '' : ` of ${budget}`}`;
  });
  return [`${app} ${name}`, ...takes, promises.survives.join(', ') || '-', idOf(operation)];
};
