import {
  ContractField,
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import { masterOf, NEW_TABLE, OLD_TABLE, quoteText } from '../database/names';
import { EquivalenceStatement, InputTable } from '../EquivalenceInput';
import { collectHints, Hints } from '../generate/collectHints';
import { GeneratedColumn } from '../generate/generateRows';
import { MutableTable } from '../mutate/columnMutations';
import { AstNode, columnsIn } from '../translate/ast';
import { findTables, TableReference } from '../translate/findTables';
import { freezeStatement } from '../translate/freezeStatement';
import { parseStatement } from '../translate/polyglot';
import { spellOutStars } from '../translate/spellOutStars';
import { translateQuery } from '../translate/translateQuery';
import { unwrapStatement } from '../translate/unwrapStatement';
import { withoutComments } from '../translate/withoutComments';
import { ColumnType } from '../types/ColumnType';
import { parseColumnType } from '../types/parseColumnType';
import {
  buildKeptRows,
  buildOldView,
  opaqueColumn,
} from '../view/buildOldView';
import { resolveFields, ViewField } from '../view/resolveFields';
import { GuessedColumn, LearnedColumns } from '../repair/LearnedColumns';
import { comparedTypes } from './comparedTypes';
import { ForeignKey, foreignKeys } from './foreignKeys';
import { inferColumnNames, inferColumnType } from './inferColumns';
import { joinedTypes } from './joinedTypes';
import { LocalTableMap } from './LocalTableMap';
import { ProofStopped } from './ProofStopped';
import { suggestTexts } from './suggestTexts';
import { suggestValues } from './suggestValues';
import { BedTable } from './TestBed';

/** Everything a statement's proof needs, before any row exists. */
export interface PreparedStatement {
  /** DuckDB text. */
  oldQuery: string;
  newQuery: string;
  oldAst: AstNode;
  namesMatter: boolean;
  fields: ViewField[];
  view: string;
  tables: BedTable[];
  /** Columns of other tables that are compared with an old field. */
  joins: Array<{ table: string; column: string; field: string }>;
  /** Columns of other tables whose types nobody declares. */
  guesses: GuessedColumn[];
  /** Numbers of days that the queries speak of. */
  distances: number[];
  /** Other tables that may have columns that nobody lists. */
  open: Set<string>;
  displayNames: Record<string, string>;
  /** Those of the new contract between its tables. */
  foreignKeys: ForeignKey[];
  /** Tables whose columns mistakes can mix up, the new dataset first. */
  mutable: MutableTable[];
}

interface ReadQuery {
  frozen: string;
  statement: AstNode;
  references: TableReference[];
}

function columnOf(
  field: ContractField,
  mapping: DatasetMapping,
  hints: Hints,
  suggested: string[],
  keySize: number,
): GeneratedColumn {
  const type = parseColumnType(field.type, mapping.dialect, field.fields);
  return {
    name: field.name,
    type,
    required: field.required || field.primaryKey,
    unique: field.unique || (field.primaryKey && keySize === 1),
    allowed: field.enum?.map(value =>
      type.kind === 'scalar' && type.name === 'VARCHAR'
        ? quoteText(value)
        : `CAST(${quoteText(value)} AS ${
            type.kind === 'scalar' ? type.name : 'VARCHAR'
          })`,
    ),
    suggested,
    literals: [...(hints.literals.get(field.name.toLowerCase()) ?? [])],
    distances: [...hints.distances],
  };
}

function readQuery(query: string, mapping: DatasetMapping): ReadQuery {
  const frozen = freezeStatement(query, mapping.dialect);
  const statement = parseStatement(frozen, mapping.dialect);
  return { frozen, statement, references: findTables(statement) };
}

function isText(type: ColumnType): boolean {
  return type.kind === 'scalar' && type.name === 'VARCHAR';
}

/** Old fields with the new columns that their expression reads. */
function derivedColumns(
  mapping: DatasetMapping,
  fields: ViewField[],
): Map<string, string[]> {
  const derived = new Map<string, string[]>();
  for (const { field, value } of fields) {
    if (value.kind !== 'expression') continue;
    const expression = parseStatement(`SELECT ${value.is}`, mapping.dialect);
    const columns = columnsIn([expression]).map(column => column.name);
    derived.set(field.name.toLowerCase(), columns);
  }
  return derived;
}

/**
 * Reads both sides of a statement and plans the tables to generate.
 *
 * @param learned - what earlier attempts found out about columns that nobody declares
 * @throws ProofStopped when the statement is not a comparable read of the dataset
 * @throws TranslationError when a text cannot be read or translated
 */
export function prepareStatement(
  mapping: DatasetMapping,
  statement: EquivalenceStatement,
  answers: FieldAnswer[],
  learned: LearnedColumns = new LearnedColumns(),
): PreparedStatement {
  const { dialect } = mapping;
  const oldParts = unwrapStatement(
    spellOutStars(withoutComments(statement.oldSql, dialect), dialect),
    dialect,
  );
  const newParts = unwrapStatement(
    spellOutStars(withoutComments(statement.newSql, dialect), dialect),
    dialect,
  );
  if (oldParts.wrapper !== newParts.wrapper) {
    throw new ProofStopped(
      'inconclusive',
      'NOT_RUNNABLE',
      'The statement around the query changed; only queries are compared',
    );
  }
  const fields = resolveFields(mapping, answers, statement.path);
  const oldRead = readQuery(oldParts.query, mapping);
  const newRead = readQuery(newParts.query, mapping);
  const map = new LocalTableMap(mapping, statement.tables);
  const resolve = (table: TableReference) => map.resolve(table);
  const oldTables = oldRead.references.map(resolve);
  const newTables = newRead.references.map(resolve);
  if (!oldTables.includes(OLD_TABLE)) {
    throw new ProofStopped(
      'inconclusive',
      'DATASET_NOT_READ',
      'The old query does not read the old dataset under any of its known names',
    );
  }
  if (newTables.includes(OLD_TABLE)) {
    throw new ProofStopped(
      'failed',
      'STILL_READS_OLD_DATASET',
      'The new query still reads the old dataset',
    );
  }

  const derived = derivedColumns(mapping, fields);
  const viewAst = fields.flatMap(({ value }) =>
    value.kind === 'expression'
      ? [parseStatement(`SELECT ${value.is}`, dialect)]
      : [],
  );
  if (mapping.rows.where) {
    viewAst.push(parseStatement(`SELECT ${mapping.rows.where}`, dialect));
  }
  const hints = collectHints(
    [oldRead.statement, newRead.statement, ...viewAst],
    derived,
  );

  const compared = comparedTypes([oldRead.statement, newRead.statement]);

  const known = new Map<string, ColumnType>();
  for (const side of [mapping.from, mapping.to]) {
    for (const field of side.contract.fields) {
      known.set(
        field.name.toLowerCase(),
        parseColumnType(field.type, dialect, field.fields),
      );
    }
  }
  const newFields = mapping.to.contract.fields;
  const key = newFields.flatMap((field, index) =>
    field.primaryKey ? [index] : [],
  );
  const tables: BedTable[] = [
    {
      local: NEW_TABLE,
      columns: newFields.map(field =>
        columnOf(
          field,
          mapping,
          hints,
          [
            ...suggestValues(field, mapping, fields, hints),
            ...suggestTexts(
              field.name,
              parseColumnType(field.type, dialect, field.fields),
              hints,
            ),
          ],
          key.length,
        ),
      ),
      hidden: fields.flatMap(({ field, value }, index) =>
        value.kind === 'opaque'
          ? [
              {
                ...columnOf(field, mapping, hints, [], 0),
                name: opaqueColumn(index),
              },
            ]
          : [],
      ),
      keys: key.length > 1 ? [key] : [],
      kept: buildKeptRows(mapping, masterOf(NEW_TABLE)),
    },
  ];
  const explained = new Set(known.keys());
  for (const other of map.others) {
    for (const column of other.columns ?? []) {
      explained.add(column.name.toLowerCase());
    }
  }
  const joins: PreparedStatement['joins'] = [];
  const guesses: GuessedColumn[] = [];
  const open = new Set<string>();
  const oldNames = new Map(
    fields.map(({ field }) => [field.name.toLowerCase(), field.name]),
  );
  const joined = joinedTypes(
    [oldRead.statement],
    new Map(
      mapping.from.contract.fields.map(field => [
        field.name.toLowerCase(),
        parseColumnType(field.type, dialect, field.fields),
      ]),
    ),
  );
  for (const other of map.others) {
    const listed: NonNullable<InputTable['columns']> =
      other.columns ??
      inferColumnNames(
        [oldRead, newRead],
        table => map.resolve(table) === other.local,
        explained,
      ).map(name => ({ name }));
    if (!other.columns || listed.some(({ guessed }) => guessed)) {
      open.add(other.local);
    }
    const whole = learned.wholeOf(other.local);
    const wholeTypes = new Map(
      whole?.map(({ name, type }) => [name.toLowerCase(), type]),
    );
    const given: typeof listed = [
      ...(whole?.map(({ name }) => ({ name })) ??
        listed.filter(({ name }) => !learned.lacks(other.local, name))),
      ...learned
        .addedTo(other.local)
        .filter(name => !wholeTypes.has(name.toLowerCase()))
        .map(name => ({ name })),
    ];
    const columns = given.map((item): GeneratedColumn => {
      const { name, type: declared } = item;
      const lower = name.toLowerCase();
      const partners = hints.pairs.flatMap(([left, right]) => [
        ...(left === lower ? [right] : []),
        ...(right === lower ? [left] : []),
      ]);
      const field = [...partners, lower]
        .map(partner => oldNames.get(partner))
        .find(partner => partner !== undefined);
      if (field) joins.push({ table: other.local, column: name, field });
      const guessed = !declared || item.guessed === true;
      const read = declared && parseColumnType(declared, dialect);
      // A guess that it is text is what is left when nothing tells.
      const first =
        wholeTypes.get(lower) ??
        (guessed ? joined.get(lower) : undefined) ??
        (read && !(item.guessed && isText(read))
          ? read
          : inferColumnType(name, hints, compared, known));
      const type =
        (guessed ? learned.typeOf(other.local, name) : undefined) ?? first;
      if (guessed) guesses.push({ table: other.local, name, type });
      return {
        name,
        type,
        required: false,
        unique: false,
        suggested: suggestTexts(name, type, hints),
        literals: [...(hints.literals.get(lower) ?? [])],
        distances: [...hints.distances],
      };
    });
    if (columns.length === 0) {
      columns.push({
        name: 'mig_unknown',
        type: { kind: 'scalar', name: 'BIGINT', known: false },
        required: false,
        unique: false,
        suggested: [],
        literals: [],
        distances: [1],
      });
    }
    tables.push({ local: other.local, columns, hidden: [], keys: [] });
  }

  const translate = (frozen: string) =>
    translateQuery(frozen, dialect, resolve);
  const displayNames: Record<string, string> = Object.fromEntries([
    [NEW_TABLE, mapping.to.names.tables[0] ?? mapping.to.contract.table],
    ...map.others.map(other => [other.local, other.name]),
  ]);
  return {
    oldQuery: translate(oldRead.frozen),
    newQuery: translate(newRead.frozen),
    oldAst: oldRead.statement,
    namesMatter: oldParts.namesMatter,
    fields,
    view: buildOldView(mapping, fields),
    tables,
    joins,
    guesses,
    // Those of the queries come last, behind what is always tried.
    distances: [...hints.distances].reverse(),
    open,
    displayNames,
    foreignKeys: foreignKeys(mapping, tables, displayNames),
    mutable: tables.map(({ columns }) => ({ columns })),
  };
}
