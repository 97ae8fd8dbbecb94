import { expect, test } from 'vitest';
import { SUBGRAPHS } from '../../stack/subgraphs.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { cloneDatabase } from '../kit/database.ts';

interface Finder {
  readonly findFirst: () => Promise<unknown>;
}

/** Every model of a subgraph's client, by name. */
const modelsOf = async (name: string, database: ReturnType<typeof openDatabase>) => {
  const { Prisma, PrismaClient } = await import(`../../generated/prisma/${name}/client.ts`);
  const client = new PrismaClient(database.prismaOptions);
  const names: string[] = Object.keys(Prisma.ModelName);
  return names.map((model): [string, Finder] => [
    model,
    client[`${model.charAt(0).toLowerCase()}${model.slice(1)}`],
  ]);
};

test.each(SUBGRAPHS)('the tables of %s have every column that its models read', async (name) => {
  await using clone = await cloneDatabase(name, 'empty');
  const database = openDatabase(clone.url);
  const models = await modelsOf(name, database);
  expect(models.length).toBeGreaterThan(0);
  for (const [model, finder] of models) {
    await expect(finder.findFirst(), model).resolves.toBeNull();
  }
  await database.close();
});
