import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compose } from './compose.ts';
import { CompositionFailure } from './failure.ts';
import { printPlace } from './place.ts';

const HELP = `Composes the subgraphs of supergraph.yaml into supergraph.graphql.

  npm run compose                     write supergraph.graphql
  npm run compose -- --check          exit 1 when supergraph.graphql is not what the schemas give
  npm run compose -- --config FILE    another list of subgraphs, in rover's format
  npm run compose -- --output FILE    another place to write to
`;

const OPTIONS = {
  config: { type: 'string', default: 'supergraph.yaml' },
  output: { type: 'string', default: 'supergraph.graphql' },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return say(HELP);

  const { supergraph, hints } = await compose(values.config);
  for (const { code, message, places } of hints) {
    say(`Hint: ${[...places.map(printPlace), `${code}: ${message}`].join(' ')}`);
  }
  if (values.check) return checkDrift(values.output, supergraph);
  await writeFile(values.output, supergraph);
  say(`Composed ${values.output} (${Math.ceil(supergraph.length / 1024)} KB).`);
};

const checkDrift = async (path: string, supergraph: string): Promise<void> => {
  const committed = await readFile(path, 'utf8').catch(() => '');
  if (committed === supergraph) return say(`${path} is what the schemas compose to.`);
  throw new CompositionFailure([
    {
      code: 'OUTDATED',
      message: `${path} is not what the schemas compose to.`,
      places: [],
      cure: 'Run `npm run compose` and commit it.',
    },
  ]);
};

try {
  await run();
} catch (error) {
  const expected = error instanceof CompositionFailure || isUsageError(error);
  process.stderr.write(`${expected ? error.message : String(Object(error).stack)}\n`);
  process.exitCode = 1;
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
