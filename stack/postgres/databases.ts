import type { Client } from 'pg';

/** A database, and the role of the same name that owns it. */
export interface DatabaseSpec {
  readonly name: string;
  readonly extensions: readonly string[];
}

/** Nobody but superusers may enter the databases that come with every cluster. */
export const closeMaintenanceDatabases = async (client: Client): Promise<void> => {
  await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
};

/**
 * Makes a role and a database that it owns and that nobody else may enter; what is there already is
 * left as it is, so that a start which was cut off is completed by the next.
 *
 * @param client of a superuser
 * @param template a database whose content the new one begins with; its owner becomes the owner
 */
export const ensureDatabase = async (
  client: Client,
  name: string,
  options: { readonly password: string } | { readonly template: string },
): Promise<void> => {
  const owner =
    'template' in options
      ? await ownerOf(client, options.template)
      : await ensureRole(client, name, options.password);
  if ((await ownerOf(client, name)) === undefined) {
    const template = 'template' in options ? options.template : 'template0';
    await client.query(
      `CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${client.escapeIdentifier(owner ?? name)} TEMPLATE ${client.escapeIdentifier(template)}`,
    );
  }
  await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(name)} FROM PUBLIC`);
};

/** The name of the role that owns a database; undefined where there is no such database. */
export const ownerOf = async (client: Client, database: string): Promise<string | undefined> => {
  const { rows } = await client.query<{ owner: string }>(
    'SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1',
    [database],
  );
  return rows[0]?.owner;
};

const ensureRole = async (client: Client, name: string, password: string): Promise<string> => {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount === 0) {
    await client.query(
      `CREATE ROLE ${client.escapeIdentifier(name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
    );
  }
  return name;
};

/**
 * Creates what is missing of a database's extensions.
 *
 * @param client of a superuser, or of the database's owner where the extensions are trusted
 */
export const ensureExtensions = async (
  client: Client,
  extensions: readonly string[],
): Promise<void> => {
  for (const extension of extensions) {
    await client.query(`CREATE EXTENSION IF NOT EXISTS ${client.escapeIdentifier(extension)}`);
  }
};
