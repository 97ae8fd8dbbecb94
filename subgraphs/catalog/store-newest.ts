import { Prisma } from '../../generated/prisma/catalog/client.ts';
import type { Eras } from './newest.ts';

/**
 * The newest matches, as something to select from: those of the newest weeks where they are enough, else
 * those of more weeks, and so on. PostgreSQL runs a step only where those before it found too few.
 *
 * @param where over `products p`
 * @param columns of `products p`
 * @param most how many of them
 * @param eras to search step by step before all is searched; none where nothing is gained by it
 */
export const newest = (
  where: Prisma.Sql,
  columns: Prisma.Sql,
  most: number,
  eras: Eras,
): Prisma.Sql => {
  const recent = eras.map(
    // The weeks are in the index beside the words; the time lets the planner know how much it leaves out.
    (since) => Prisma.sql`AND p.listed_at >= ${since}
      AND ARRAY[product_era(p.listed_at)]
        && ARRAY(SELECT generate_series(product_era(${since}), product_era(now()) + 1))`,
  );
  // The planner takes rare words for less rare than they are, and would look for them item by item in the
  // order of the list. No step is worth that: those of an era are short, the last one finds little.
  const listedAt =
    eras.length > 0 ? Prisma.sql`p.listed_at + interval '0'` : Prisma.sql`p.listed_at`;
  const steps = [...recent, Prisma.empty].map((era, index) => {
    const earlier = names(index).map((name) => Prisma.sql`AND (${countOf(name)}) < ${most}`);
    return Prisma.sql`${nameOf(index)} AS MATERIALIZED (
      SELECT ${columns} FROM products p
      WHERE ${where} ${era} ${Prisma.join([Prisma.empty, ...earlier], ' ')}
      ORDER BY ${listedAt} DESC, p.id DESC
      LIMIT ${most}
    )`;
  });
  const complete = names(eras.length).map(
    (name) => Prisma.sql`SELECT * FROM ${name} WHERE (${countOf(name)}) = ${most} UNION ALL`,
  );
  return Prisma.sql`(
    WITH ${Prisma.join(steps)}
    ${Prisma.join([Prisma.empty, ...complete], ' ')} SELECT * FROM ${nameOf(eras.length)}
  )`;
};

const nameOf = (index: number): Prisma.Sql => Prisma.raw(`step_${index}`);

const names = (count: number): readonly Prisma.Sql[] =>
  Array.from({ length: count }, (_, index) => nameOf(index));

const countOf = (name: Prisma.Sql): Prisma.Sql => Prisma.sql`SELECT count(*) FROM ${name}`;
