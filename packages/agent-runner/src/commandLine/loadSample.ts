import { stat } from 'fs/promises';
import { InputError, isError } from '@backstage/errors';
import {
  DatasetMapping,
  FieldAnswer,
  HostileInput,
  parseSampleConnection,
  SampleConnection,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';
import { checkSample } from 'dataset-migration-equivalence';

const MEMORY_MB = 1024;

/** What `--connection` names. @throws InputError where there is nothing */
export async function parseConnection(text: string): Promise<SampleConnection> {
  if (/^postgres(?:ql)?:/.test(text)) {
    return parseSampleConnection(
      new HostileInput({ kind: 'postgres', url: text }, '--connection'),
    );
  }
  const file = /^duckdb:(.+)$/.exec(text)?.[1];
  const path = file ?? text;
  const found = await stat(path).catch(() => undefined);
  if (file !== undefined && found?.isFile()) {
    return { kind: 'duckdb', file };
  }
  if (file === undefined && found?.isDirectory()) {
    return { kind: 'directory', path };
  }
  throw new InputError(
    `--connection ${text} names no ${
      file === undefined ? 'directory of CSV and Parquet files' : 'DuckDB file'
    }. Give duckdb:FILE, an address postgres://…, or a directory whose files are named after tables.`,
  );
}

/** Checks contracts and mapping on a sample. @throws InputError where it cannot be read */
export async function loadSample(options: {
  connection: SampleConnection;
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  timeoutMs: number;
}): Promise<SampleReport> {
  const { timeoutMs, ...input } = options;
  try {
    return await checkSample({
      ...input,
      limits: { timeoutMs, memoryMb: MEMORY_MB },
    });
  } catch (error) {
    throw new InputError(isError(error) ? error.message : String(error));
  }
}
