import {
  ContractField,
  DataContract,
  FieldReference,
} from '../contract/DataContract';
import {
  DatasetMapping,
  DatasetNames,
  DatasetSide,
  FieldMapping,
} from '../mapping/DatasetMapping';
import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';

const text = (input: HostileInput) => input.text(20_000);
const expression = (input: HostileInput) => input.text(5000, 1);
const names = (input: HostileInput) =>
  input.list(1000).map(name => name.text(1000, 1));
const MAX_NESTING = 15;

/** A mapping as a job file carries it. @throws InputError with the place that is wrong. */
export function parseDatasetMapping(input: HostileInput): DatasetMapping {
  const mapping = input.object([
    'version',
    'dialect',
    'output',
    'from',
    'to',
    'rows',
    'fields',
  ]);
  return {
    version: need(input, mapping, 'version', child =>
      child.integer(0, Number.MAX_SAFE_INTEGER),
    ),
    dialect: need(input, mapping, 'dialect', child =>
      child.oneOf(['bigquery', 'snowflake'] as const),
    ),
    output: need(input, mapping, 'output', child =>
      child.oneOf(['keep', 'propagate'] as const),
    ),
    from: need(input, mapping, 'from', parseSide),
    to: need(input, mapping, 'to', parseSide),
    rows: need(input, mapping, 'rows', parseRows),
    fields: need(input, mapping, 'fields', child =>
      child.list(10_000).map(parseFieldMapping),
    ),
  };
}

function parseRows(input: HostileInput): DatasetMapping['rows'] {
  const rows = input.object(['grain', 'where']);
  return {
    grain: need(input, rows, 'grain', child => {
      if (child.value === 'same') {
        return 'same' as const;
      }
      return { by: need(child, child.object(['by']), 'by', names) };
    }),
    ...maybe(rows, 'where', expression),
  };
}

function parseSide(input: HostileInput): DatasetSide {
  const side = input.object(['dataset', 'contract', 'names']);
  return {
    dataset: need(input, side, 'dataset', child => child.text(500, 1)),
    contract: need(input, side, 'contract', parseDataContract),
    names: need(input, side, 'names', parseNames),
  };
}

function parseNames(input: HostileInput): DatasetNames {
  const all = input.object([
    'tables',
    'dbtSources',
    'dbtRefs',
    'patterns',
    'symbols',
  ]);
  return {
    tables: need(input, all, 'tables', names),
    dbtSources: need(input, all, 'dbtSources', child =>
      child.list(1000).map(pair => {
        const parts = names(pair);
        return parts.length === 2
          ? [parts[0], parts[1]]
          : pair.refuse('a source and a table');
      }),
    ),
    dbtRefs: need(input, all, 'dbtRefs', names),
    patterns: need(input, all, 'patterns', names),
    symbols: need(input, all, 'symbols', names),
  };
}

function parseDataContract(input: HostileInput): DataContract {
  const contract = input.object([
    'id',
    'version',
    'table',
    'tables',
    'description',
    'fields',
  ]);
  return {
    id: need(input, contract, 'id', text),
    version: need(input, contract, 'version', text),
    table: need(input, contract, 'table', child => child.text(1000, 1)),
    ...maybe(contract, 'tables', names),
    ...maybe(contract, 'description', text),
    fields: need(input, contract, 'fields', child => parseFields(child, 0)),
  };
}

function parseReference(input: HostileInput): FieldReference {
  const reference = input.object(['table', 'field']);
  return {
    table: need(input, reference, 'table', child => child.text(1000, 1)),
    field: need(input, reference, 'field', child => child.text(1000, 1)),
  };
}

function parseFields(input: HostileInput, depth: number): ContractField[] {
  if (depth > MAX_NESTING) {
    return input.refuse('nested less deeply');
  }
  return input.list(10_000).map(item => {
    const field = item.object([
      'name',
      'type',
      'logicalType',
      'description',
      'required',
      'unique',
      'primaryKey',
      'enum',
      'examples',
      'references',
      'fields',
    ]);
    const flag = (child: HostileInput) => child.boolean();
    return {
      name: need(item, field, 'name', child => child.text(300, 1)),
      type: need(item, field, 'type', child => child.text(5000, 1)),
      ...maybe(field, 'logicalType', child => child.text(100)),
      ...maybe(field, 'description', text),
      required: need(item, field, 'required', flag),
      unique: need(item, field, 'unique', flag),
      primaryKey: need(item, field, 'primaryKey', flag),
      ...maybe(field, 'enum', child => child.list(10_000).map(text)),
      ...maybe(field, 'examples', child =>
        child.list(1000).map(({ value }) => value),
      ),
      ...maybe(field, 'references', child =>
        child.list(100).map(parseReference),
      ),
      ...maybe(field, 'fields', child => parseFields(child, depth + 1)),
    };
  });
}

function parseFieldMapping(input: HostileInput): FieldMapping {
  const field = input.object([
    'kind',
    'name',
    'is',
    'question',
    'options',
    'reason',
    'guide',
  ]);
  const kind = need(input, field, 'kind', child =>
    child.oneOf(['same', 'rename', 'expression', 'ask', 'gone'] as const),
  );
  const name = need(input, field, 'name', child => child.text(300, 1));
  const guide = maybe(field, 'guide', child =>
    child.matching(/^https?:\/\/\S+$/, 'a web address', 2000),
  );
  switch (kind) {
    case 'ask':
      return {
        kind,
        name,
        question: need(input, field, 'question', text),
        options: need(input, field, 'options', child =>
          child.list(50).map(item => {
            const option = item.object(['label', 'is']);
            return {
              label: need(item, option, 'label', text),
              is: need(item, option, 'is', expression),
            };
          }),
        ),
        ...guide,
      };
    case 'gone':
      return {
        kind,
        name,
        reason: need(input, field, 'reason', text),
        ...guide,
      };
    default:
      return { kind, name, is: need(input, field, 'is', expression) };
  }
}
