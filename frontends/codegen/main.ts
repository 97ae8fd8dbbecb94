import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { CheckFailure } from '../../checks/failure.ts';
import { hashOf } from '../../router/documents/persisted.ts';
import { runCommand } from '../command.ts';
import { readClientApi } from '../supergraph.ts';
import { checkDocuments } from './documents.ts';

const HELP = `Writes typed documents and the API schema for a frontend.

  npm run codegen:client -- --operations DIR --out DIR

  --operations DIR    where its .graphql files are, or the sources that call graphql()
  --out DIR           where to write: graphql.ts, gql.ts, index.ts, schema.graphql, persisted-documents.json
  --supergraph FILE   or a URL (supergraph.graphql)
  --checks FILE       what clients do not see (checks.yaml, where it is there)
  --masking           fragments are seen by who asks for them alone (useFragment)
`;

const OPTIONS = {
  operations: { type: 'string' },
  out: { type: 'string' },
  supergraph: { type: 'string', default: 'supergraph.graphql' },
  checks: { type: 'string', default: 'checks.yaml' },
  masking: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** As they come in JSON. */
const SCALARS = { ID: 'string', DateTime: 'string', Decimal: 'string' };

await runCommand(async (say) => {
  const { values } = parseArgs({ options: OPTIONS });
  const { operations, out, supergraph, checks, masking } = values;
  if (values.help) return say(HELP);
  if (operations === undefined || out === undefined) {
    throw new CheckFailure(['--operations DIR and --out DIR are needed (--help tells more).']);
  }
  const { sdl, schema } = await readClientApi(supergraph, checks);
  const count = checkDocuments(operations, schema);
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, 'schema.graphql'), sdl);
  await generate(
    {
      silent: true,
      ignoreNoDocuments: true,
      schema: sdl,
      documents: [`${operations}/**/*.{graphql,ts,tsx}`, `!${out}/**`],
      generates: {
        [out.endsWith('/') ? out : `${out}/`]: {
          preset: 'client',
          presetConfig: {
            fragmentMasking: masking,
            persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: hashOf },
          },
          config: {
            documentMode: 'string',
            useTypeImports: true,
            enumsAsTypes: true,
            scalars: SCALARS,
          },
        },
      },
    },
    true,
  );
  say(
    `Wrote ${out}: ${count} operations of .graphql files, typed, with the schema and persisted-documents.json.`,
  );
});
