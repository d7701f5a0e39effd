import {
  DatasetMapping,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { checkDrift } from './checkDrift';
import { compareMapping } from './compareMapping';
import { compareOnSample } from './compareOnSample';
import { SAMPLE_ROWS } from './setUpOnSample';
import { MAPPING_CASE } from './mappedRows';
import { completeByKey } from './completeByKey';
import { ProofCase } from '../reasons';
import { openSample } from './openSample';
import { SampleReader, SampleTable } from './SampleReader';
import { SampleAnswer, SampleRequest } from './SampleRequest';

const DATABASE_SHARE = 0.5;
/** Contracts and mapping are checked on more rows than queries run on. */
const CHECKED_ROWS = 20_000;

type WithDatabase = <T>(
  work: (database: ProverDatabase) => Promise<T>,
) => Promise<T>;

/** Answers a request about a sample, inside of the prover's process. */
export async function answerSample(
  request: SampleRequest,
  options: { queryTimeoutMs: number; say(answer: SampleAnswer): void },
): Promise<void> {
  const reader = await openSample(request.connection, options.queryTimeoutMs);
  const withDatabase = async <T>(
    work: (database: ProverDatabase) => Promise<T>,
  ): Promise<T> => {
    const database = await ProverDatabase.open({
      memoryMb: request.memoryMb * DATABASE_SHARE,
      queryTimeoutMs: options.queryTimeoutMs,
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  };
  try {
    if (!request.statements) {
      const report = await check(request, reader, withDatabase);
      options.say({ kind: 'report', report });
      return;
    }
    const newTable = await sideOf(reader, request.mapping, 'to', SAMPLE_ROWS);
    for (const statement of request.statements) {
      options.say({
        kind: 'case',
        ...(newTable
          ? await withDatabase(database =>
              compareOnSample({
                ...request,
                statement,
                newTable,
                reader,
                database,
              }),
            )
          : {
              opaqueFunctions: [],
              case: {
                path: statement.path,
                label: statement.label,
                verdict: 'not-run',
                reason: 'SAMPLE_INCOMPLETE',
                message: noTable(request.mapping, 'to'),
                inputRows: {},
                outputRows: 0,
              },
            }),
      });
    }
  } finally {
    await reader.close();
  }
}

async function check(
  { mapping, answers }: SampleRequest,
  reader: SampleReader,
  withDatabase: WithDatabase,
): Promise<SampleReport> {
  const found = {
    from: await sideOf(reader, mapping, 'from', CHECKED_ROWS),
    to: await sideOf(reader, mapping, 'to', CHECKED_ROWS),
  };
  const report: SampleReport = {
    tables: [],
    drift: [],
    mapping: {
      ...MAPPING_CASE,
      verdict: 'not-run',
      reason: 'SAMPLE_INCOMPLETE',
      message: noTable(mapping, found.to ? 'from' : 'to'),
      inputRows: {},
      outputRows: 0,
    },
  };
  for (const side of ['from', 'to'] as const) {
    const table = found[side];
    if (table) {
      const { name, rows, complete } = table;
      report.tables.push({ side, name, rows: rows.length, complete });
      const drift = await withDatabase(database =>
        checkDrift({
          side,
          contract: mapping[side].contract,
          dialect: mapping.dialect,
          table,
          database,
        }),
      );
      report.drift.push(...drift);
    }
  }
  if (found.from && found.to) {
    report.mapping = await compareSides(
      { mapping, answers },
      { from: found.from, to: found.to },
      reader,
      withDatabase,
    );
  }
  return report;
}

async function compareSides(
  { mapping, answers }: Pick<SampleRequest, 'mapping' | 'answers'>,
  found: { from: SampleTable; to: SampleTable },
  reader: SampleReader,
  withDatabase: WithDatabase,
): Promise<ProofCase> {
  const notCompared = (message: string): ProofCase => ({
    ...MAPPING_CASE,
    verdict: 'not-run',
    reason: 'SAMPLE_INCOMPLETE',
    message,
    inputRows: {},
    outputRows: 0,
  });
  let sides: typeof found | undefined;
  try {
    sides = await completeByKey(reader, mapping, found);
  } catch (error) {
    return notCompared(
      `Rows of the same keys could not be read: ${
        error instanceof Error ? error.message : error
      }`.slice(0, 1000),
    );
  }
  if (!sides) {
    return notCompared(
      'The tables are large, and which of their rows belong together cannot be told by a key',
    );
  }
  const { from: oldTable, to: newTable } = sides;
  return withDatabase(database =>
    compareMapping({ mapping, answers, oldTable, newTable, database }),
  );
}

async function sideOf(
  reader: SampleReader,
  mapping: DatasetMapping,
  side: 'from' | 'to',
  limit: number,
): Promise<SampleTable | undefined> {
  const { names, contract } = mapping[side];
  const name = reader.find([
    ...names.tables,
    contract.table,
    side === 'to' ? 'new' : 'old',
  ]);
  return name === undefined ? undefined : reader.read(name, { limit });
}

function noTable(mapping: DatasetMapping, side: 'from' | 'to'): string {
  return `The sample has no table ${mapping[side].contract.table}`;
}
