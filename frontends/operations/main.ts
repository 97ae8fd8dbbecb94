import { parseArgs } from 'node:util';
import { readChecksConfig } from '../../checks/config/read.ts';
import { CheckFailure } from '../../checks/failure.ts';
import { runCommand } from '../command.ts';
import { addOperations } from './add.ts';
import { listOperations } from './list.ts';
import { removeOperations } from './remove.ts';
import { withWorkshop } from './workshop.ts';

const HELP = `The operations that applications have registered: trusted documents, which checks protect.

  npm run operations -- list [APP]          each with its id, what its plan takes, and its budget
  npm run operations -- add APP FILE        a .graphql file, or the persisted-documents.json of codegen:client;
                                            shows plan, cost and budget, and writes the budget above the operation
  npm run operations -- remove APP NAME     an operation by its name, or a file of operations/APP

  --replace           add what has the name of another, in its place
  --supergraph FILE   or a URL (supergraph.graphql)
  --operations DIR    where they are kept (as checks.yaml says, else operations)
  --checks FILE       what clients do not see (checks.yaml, where it is there)

APP is the name of an application, such as storefront, or services/NAME. Routers read the folder when they start.
`;

const OPTIONS = {
  replace: { type: 'boolean', default: false },
  supergraph: { type: 'string', default: 'supergraph.graphql' },
  operations: { type: 'string' },
  checks: { type: 'string', default: 'checks.yaml' },
  help: { type: 'boolean', default: false },
} as const;

const NEEDS = { add: 'a file', remove: 'the name of an operation, or a file' } as const;

await runCommand(async (say) => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [verb, app, what, ...more] = positionals;
  if (values.help || verb === undefined) return say(HELP);
  if (more.length > 0)
    throw new CheckFailure([`${more.join(' ')} is too much (--help tells more).`]);
  const folder = values.operations ?? readChecksConfig(values.checks).operations;
  const settings = { supergraph: values.supergraph, checks: values.checks };
  if (verb === 'list') {
    return withWorkshop(settings, async (workshop) =>
      say(await listOperations(folder, app ?? null, workshop)),
    );
  }
  if (verb !== 'add' && verb !== 'remove') {
    throw new CheckFailure([`${verb} is no command: there are list, add and remove.`]);
  }
  if (app === undefined || what === undefined) {
    throw new CheckFailure([
      `${verb} needs an application and ${NEEDS[verb]} (--help tells more).`,
    ]);
  }
  if (verb === 'remove') return say(removeOperations(folder, app, what));
  return withWorkshop(settings, async (workshop) =>
    say(await addOperations({ folder, app, file: what, replaces: values.replace }, workshop)),
  );
});
