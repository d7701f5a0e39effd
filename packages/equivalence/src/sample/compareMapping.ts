import { sameRows } from '../compare/compareResults';
import { QueryResult } from '../database/ProverDatabase';
import { printTable } from '../compare/printTable';
import { MAPPING_CASE, mappedRows, MappingSample } from './mappedRows';
import { ProofCase } from '../reasons';

const MAX_DIFFERENCES = 5;

/** Rows of a result by their key. */
type Keyed = Map<string, unknown[]>;

/**
 * Compares the old sample with the mapping's view over the new one, row by row where
 * the old contract has a key that both have.
 */
export async function compareMapping(
  options: MappingSample,
): Promise<ProofCase> {
  const { oldTable, newTable } = options;
  const inputRows = {
    [oldTable.name]: oldTable.rows.length,
    [newTable.name]: newTable.rows.length,
  };
  try {
    const { view, real, keys } = await mappedRows(options);
    const result =
      keys.length > 0
        ? compareKeyed(view, real, keys)
        : compareWhole(view, real, oldTable.complete && newTable.complete);
    return {
      ...MAPPING_CASE,
      verdict: 'passed',
      outputRows: 0,
      inputRows,
      ...result,
    };
  } catch (error) {
    return {
      ...MAPPING_CASE,
      verdict: 'inconclusive',
      reason: 'NOT_RUNNABLE',
      message: (error instanceof Error ? error.message : String(error)).slice(
        0,
        1000,
      ),
      inputRows,
      outputRows: 0,
    };
  }
}

function byKey({ rows }: QueryResult, keys: number[]): Keyed {
  return new Map(
    rows.map(row => [JSON.stringify(keys.map(index => row[index])), row]),
  );
}

function compareKeyed(
  view: QueryResult,
  real: QueryResult,
  keys: number[],
): Partial<ProofCase> {
  const mapped = byKey(view, keys);
  const old = byKey(real, keys);
  const common = [...old.keys()].filter(key => mapped.has(key));
  const pairs = common.map(key => [old.get(key) ?? [], mapped.get(key) ?? []]);
  const differing = pairs.filter(([a, b]) => !sameRows([a], [b]));
  if (differing.length > 0) {
    const shown = differing.slice(0, MAX_DIFFERENCES);
    return {
      verdict: 'failed',
      reason: 'MAPPING_DIFFERS',
      message: `${differing.length} of ${
        common.length
      } rows differ from the mapping in ${fieldsOf(differing, real)}`,
      outputRows: common.length,
      counterexample: {
        inputs: {},
        old: printTable({ ...real, rows: shown.map(([a]) => a) }),
        new: printTable({ ...view, rows: shown.map(([, b]) => b) }),
      },
    };
  }
  if (common.length === 0) {
    return {
      verdict: 'inconclusive',
      reason: 'SAMPLES_DO_NOT_MEET',
      message:
        'No key of the old sample is in the new one, so no row was compared',
    };
  }
  const apart = old.size + mapped.size - 2 * common.length;
  return {
    // Rows that one side lacks are another sample, or a wrong condition on rows.
    ...(apart > 0 && {
      verdict: 'inconclusive',
      reason: 'SAMPLES_HAVE_OTHER_ROWS',
    }),
    outputRows: common.length,
    message: `${common.length} rows agree; ${
      old.size - common.length
    } keys are in the old sample only, ${
      mapped.size - common.length
    } in the new one only`,
  };
}

function fieldsOf(pairs: unknown[][][], { columns }: QueryResult): string {
  return columns
    .filter((_, index) =>
      pairs.some(([a, b]) => !sameRows([[a[index]]], [[b[index]]])),
    )
    .join(', ');
}

function compareWhole(
  view: QueryResult,
  real: QueryResult,
  complete: boolean,
): Partial<ProofCase> {
  if (real.rows.length > 0 && sameRows(real.rows, view.rows)) {
    return {
      outputRows: real.rows.length,
      message: `${real.rows.length} rows agree`,
    };
  }
  return {
    verdict: 'inconclusive',
    reason: 'SAMPLES_DO_NOT_MEET',
    message: `The samples differ as a whole, and the old contract has no key to tell which rows belong together${
      complete ? '' : '; not all rows were read'
    }`,
  };
}
