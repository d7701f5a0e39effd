import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { ProverDatabase } from '../database/ProverDatabase';
import { checkDrift } from './checkDrift';
import { compareMapping } from './compareMapping';
import { compareOnSample } from './compareOnSample';
import { SAMPLE_ROWS } from './setUpOnSample';
import { MAPPING_CASE } from './mappedRows';
import { SampleAnswer, SampleReport, SampleRequest } from './SampleConnection';
import { SampleReader, SampleTable } from './SampleReader';

const DATABASE_SHARE = 0.5;
/** Contracts and mapping are checked on more rows than queries run on. */
const CHECKED_ROWS = 20_000;

/** Answers a request about a sample, inside of the prover's process. */
export async function answerSample(
  request: SampleRequest,
  options: { queryTimeoutMs: number; say(answer: SampleAnswer): void },
): Promise<void> {
  const reader = await SampleReader.open(request.connection);
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
    reader.close();
  }
}

async function check(
  { mapping, answers }: SampleRequest,
  reader: SampleReader,
  withDatabase: <T>(
    work: (database: ProverDatabase) => Promise<T>,
  ) => Promise<T>,
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
  const { from: oldTable, to: newTable } = found;
  if (oldTable && newTable) {
    report.mapping = await withDatabase(database =>
      compareMapping({ mapping, answers, oldTable, newTable, database }),
    );
  }
  return report;
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
  return name === undefined ? undefined : reader.read(name, limit);
}

function noTable(mapping: DatasetMapping, side: 'from' | 'to'): string {
  return `The sample has no table ${mapping[side].contract.table}`;
}
