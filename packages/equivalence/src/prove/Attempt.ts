import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { CompareOptions } from '../compare/compareResults';
import { ProverDatabase } from '../database/ProverDatabase';
import { OLD_TABLE } from '../database/names';
import { EquivalenceStatement } from '../EquivalenceInput';
import { DISTANCE_MACRO } from '../solve/truthTable';
import { shimMacros } from '../translate/shims';
import { parseTree, TreeNode } from '../tree/QueryTree';
import { LearnedColumns } from '../repair/LearnedColumns';
import { ScalarName } from '../types/ColumnType';
import { parseColumnType } from '../types/parseColumnType';
import { orderKeys } from './orderKeys';
import { PreparedStatement, prepareStatement } from './prepareStatement';
import { StatementRunner } from './StatementRunner';
import { TestBed } from './TestBed';

/** One statement with its database, ready to be filled and compared. */
export interface Attempt {
  bed: TestBed;
  runner: StatementRunner;
  database: ProverDatabase;
  prepared: PreparedStatement;
  compare: CompareOptions;
  /** Conversions that the old query leaves to the warehouse. */
  coerced: Set<string>;
}

/** Trees of a statement's queries, as far as DuckDB gives them away. */
export interface AttemptTrees {
  old?: TreeNode;
  current?: TreeNode;
  views: Map<string, TreeNode>;
}

/** Scalar types of all columns, by lower-case name; of two, the new dataset's. */
function columnTypes(
  mapping: DatasetMapping,
  prepared: PreparedStatement,
): Map<string, ScalarName> {
  const { fields } = mapping.from.contract;
  const all = [
    ...prepared.tables.slice(1).flatMap(({ columns }) => columns),
    ...fields.map(({ name, type }) => ({
      name,
      type: parseColumnType(type, mapping.dialect),
    })),
    ...prepared.tables[0].columns,
  ];
  return new Map(
    all.flatMap(({ name, type }) =>
      type.kind === 'scalar' ? [[name.toLowerCase(), type.name] as const] : [],
    ),
  );
}

/**
 * Prepares a statement and creates its tables.
 *
 * @throws ProofStopped, TranslationError, or DuckDB's error when the view does not bind
 */
export async function setUpAttempt(
  mapping: DatasetMapping,
  statement: EquivalenceStatement,
  answers: FieldAnswer[],
  database: ProverDatabase,
  learned: LearnedColumns = new LearnedColumns(),
): Promise<Attempt> {
  const prepared = prepareStatement(mapping, statement, answers, learned);
  await database.share([...shimMacros(mapping.dialect), DISTANCE_MACRO]);
  const runner = new StatementRunner(database, mapping.dialect, {
    learned,
    distances: prepared.distances,
    columns: columnTypes(mapping, prepared),
  });
  const renamed =
    mapping.output === 'propagate'
      ? mapping.fields.flatMap(field =>
          field.kind === 'rename'
            ? [[field.name.toLowerCase(), field.is.toLowerCase()] as const]
            : [],
        )
      : [];
  const bed = await TestBed.create(database, prepared.tables, prepared.view, {
    bind: sql => runner.bind(sql).then(() => undefined),
  });
  return {
    bed,
    runner,
    database,
    prepared,
    coerced: new Set(),
    compare: {
      namesMatter: prepared.namesMatter,
      renamed: new Map(renamed),
      droppable: new Set(
        prepared.fields.flatMap(({ field, value }) =>
          value.kind === 'null' && value.dropped
            ? [field.name.toLowerCase()]
            : [],
        ),
      ),
      orderKeys: statement.ordered ? orderKeys(prepared.oldAst) : [],
    },
  };
}

/** Reads the trees of both queries and of the old dataset's view. */
export async function readTrees(attempt: Attempt): Promise<AttemptTrees> {
  const { database, prepared } = attempt;
  const old = await parseTree(database, prepared.oldQuery);
  const current = await parseTree(database, prepared.newQuery);
  const view = await parseTree(database, prepared.view);
  return { old, current, views: new Map(view ? [[OLD_TABLE, view]] : []) };
}
