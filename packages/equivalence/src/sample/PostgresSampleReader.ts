import { Client } from 'pg';
import { quoteName, quoteText } from '../database/names';
import { duckType, printedColumn } from './postgresTypes';
import {
  columnsNamed,
  findTable,
  SampleReader,
  SampleRows,
  SampleTable,
} from './SampleReader';

interface Relation {
  /** `schema.table` */
  name: string;
  from: string;
  oid: string;
}

const CONNECT_MS = 10_000;
const SYSTEM = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

/**
 * A role that could change something, whatever it is used for here. A read-only
 * transaction would hold it back, but a secret that leaks would not.
 */
const CAN_WRITE = `
  SELECT r.rolsuper OR r.rolcreaterole OR r.rolcreatedb
  OR has_database_privilege(current_database(), 'CREATE') OR EXISTS (
    SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${SYSTEM}
    AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
  ) AS writes
  FROM pg_roles r WHERE r.rolname = current_user`;

const RELATIONS = `
  SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${SYSTEM}
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  ORDER BY 2, 3`;

/** Reads tables of a PostgreSQL database, all as they were at one moment. */
export class PostgresSampleReader implements SampleReader {
  readonly #client: Client;
  readonly #relations: Relation[];

  private constructor(client: Client, relations: Relation[]) {
    this.#client = client;
    this.#relations = relations;
  }

  /** @throws where the database cannot be read, or the role could change something */
  static async open(
    url: string,
    timeoutMs: number,
  ): Promise<PostgresSampleReader> {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: Math.ceil(timeoutMs),
      application_name: 'dataset-migration',
    });
    // A connection that breaks while nothing is asked ends with the next question.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`SET TimeZone = 'UTC'; SET DateStyle = 'ISO'`);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const [role] = (await client.query<{ writes: boolean }>(CAN_WRITE)).rows;
      if (role?.writes !== false) {
        throw new Error(
          'The role of the connection can change data. Give one that can only read.',
        );
      }
      const { rows } = await client.query<Record<string, string>>(RELATIONS);
      return new PostgresSampleReader(
        client,
        rows.map(({ oid, schema, name }) => ({
          oid,
          name: `${schema}.${name}`,
          from: `${quoteName(schema)}.${quoteName(name)}`,
        })),
      );
    } catch (error) {
      await client.end().catch(() => undefined);
      throw withoutPassword(error, url);
    }
  }

  find(names: readonly string[]): string | undefined {
    return findTable(this.#relations, names)?.name;
  }

  async read(name: string, { limit, where }: SampleRows): Promise<SampleTable> {
    const relation = this.#relations.find(each => each.name === name);
    if (!relation) {
      throw new Error(`The sample has no table ${name}`);
    }
    const attributes = await this.#client.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
       FROM pg_attribute WHERE attrelid = ${quoteText(relation.oid)}::oid
       AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    );
    const columns = attributes.rows;
    const printed = columns.map(each =>
      printedColumn(quoteName(each.name), each.type),
    );
    const filter = where && {
      columns: columnsNamed(columns, where.columns),
      values: where.values,
    };
    const { rows } = await this.#client.query<Array<string | null>>({
      text: `SELECT ${printed.join(', ')} FROM ${relation.from}${
        filter ? whereOf(filter.columns) : ''
      } LIMIT ${limit + 1}`,
      values: filter?.columns.map((_, index) =>
        filter.values.map(row => row[index]),
      ),
      rowMode: 'array',
    });
    return {
      name,
      columns: columns.map(each => ({
        name: each.name,
        type: duckType(each.type),
      })),
      typed: true,
      rows: rows.slice(0, limit),
      complete: rows.length <= limit,
    };
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

/** The values come as one list of texts for each column. */
function whereOf(columns: Array<{ name: string; type: string }>): string {
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const values = columns.map(({ type }, index) => `v${index}::${type}`);
  const lists = columns.map((_, index) => `$${index + 1}::text[]`);
  return ` WHERE (${names}) IN (SELECT ${values.join(
    ', ',
  )} FROM unnest(${lists.join(', ')}) AS u(${columns
    .map((_, index) => `v${index}`)
    .join(', ')}))`;
}

/** What a server or resolver says may repeat what it was given. */
function withoutPassword(error: unknown, url: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  let password = '';
  try {
    password = new URL(url).password;
  } catch {
    return new Error('The address of the connection cannot be read');
  }
  const secrets = [password, decodeURIComponent(password)].filter(Boolean);
  return new Error(
    `The database cannot be read: ${secrets.reduce(
      (text, secret) => text.replaceAll(secret, '***'),
      message,
    )}`,
  );
}
