import { ProverDatabase } from '../database/ProverDatabase';
import { proveStatement } from '../prove/proveStatement';
import { StatementProof } from '../prove/StatementProof';
import { userActivityMapping } from './userActivityMapping';

/** Proves one query under the mapping of user activity, in this process. */
export async function proveActivity(
  oldSql: string,
  newSql: string,
): Promise<StatementProof> {
  const database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
  try {
    return await proveStatement({
      mapping: userActivityMapping(),
      statement: {
        path: 'a.sql',
        label: 'statement 1',
        oldSql,
        newSql,
        ordered: false,
        tables: [],
      },
      answers: [],
      seed: 1,
      database,
    });
  } finally {
    database.close();
  }
}
