import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { GraphQLError } from 'graphql';
import { readChecksConfig } from '../config/read.ts';
import { unknownName } from '../config/yaml.ts';
import { CheckFailure } from '../failure.ts';
import { readContract } from './read.ts';

const HELP = `Writes what the clients of a contract of checks.yaml see.

  npm run contract -- NAME                     its API schema, to NAME.graphql
  npm run contract -- NAME --as supergraph     a supergraph in which the rest is @inaccessible
  npm run contract -- NAME --of FILE           of another supergraph than supergraph.graphql
  npm run contract -- NAME --config FILE       as another checks.yaml has it
  npm run contract -- NAME --output FILE       another place to write to
`;

const OPTIONS = {
  as: { type: 'string', default: 'api' },
  of: { type: 'string', default: 'supergraph.graphql' },
  config: { type: 'string', default: 'checks.yaml' },
  output: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [name] = positionals;
  if (values.help || name === undefined) return say(HELP);
  const { contracts } = readChecksConfig(values.config);
  const terms = contracts[name];
  if (terms === undefined) {
    const problem = unknownName('contract', name, Object.keys(contracts));
    throw new CheckFailure([`${values.config}: ${name}: ${problem}`]);
  }
  if (values.as !== 'api' && values.as !== 'supergraph') {
    throw new CheckFailure([`--as ${values.as}: write --as api or --as supergraph.`]);
  }
  const { apiSdl, supergraphSdl } = await readContract(values.of, terms);
  const output = values.output ?? `${name}.graphql`;
  await writeFile(output, `${(values.as === 'supergraph' ? supergraphSdl : apiSdl).trimEnd()}\n`);
  say(`Wrote ${output}.`);
};

try {
  await run();
} catch (error) {
  const expected =
    error instanceof CheckFailure || error instanceof GraphQLError || isUsageError(error);
  process.stderr.write(`${expected ? error.message : String(Object(error).stack)}\n`);
  process.exitCode = 1;
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
