import { PlanProblem } from '../plan/PlanProblem';
import { PositionedYaml, YamlPath } from '../yaml/PositionedYaml';
import { DataContract } from './DataContract';
import { parseContractFields } from './parseContractFields';
import { addRelationships } from './parseRelationships';
import { isRecord, textOf } from './records';
import { tableNames } from './tableNames';

export interface ParsedContract {
  /** Present where no problem is an error. */
  contract?: DataContract;
  problems: PlanProblem[];
}

/**
 * Reads an Open Data Contract Standard v3 document of hostile origin.
 *
 * @param options.schema - which schema object, by name or physical name, where
 *   the document holds several.
 */
export function parseContract(
  text: string,
  options: { schema?: string } = {},
): ParsedContract {
  const yaml = new PositionedYaml(text);
  if (yaml.problems.length > 0) {
    return { problems: yaml.problems };
  }
  const root = yaml.value;
  if (!isRecord(root)) {
    return {
      problems: [
        yaml.problem(
          'CONTRACT_INVALID',
          [],
          'A data contract is a mapping of keys to values.',
        ),
      ],
    };
  }
  const problems = checkHeader(yaml, root);
  const found = findSchema(yaml, root.schema, options.schema, problems);
  if (!found) {
    return { problems };
  }
  const { schema, path } = found;
  const table = textOf(schema.physicalName) ?? textOf(schema.name);
  if (table === undefined) {
    problems.push(
      yaml.problem(
        'CONTRACT_INVALID',
        path,
        'The schema object needs a name or a physicalName.',
      ),
    );
  }
  const fields = parseContractFields(yaml, schema.properties, [
    ...path,
    'properties',
  ]);
  problems.push(
    ...fields.problems,
    ...addRelationships({ yaml, root, schema, path, fields: fields.fields }),
  );
  if (
    table === undefined ||
    problems.some(({ severity }) => severity === 'error')
  ) {
    return { problems };
  }
  const description = textOf(schema.description);
  return {
    contract: {
      id: textOf(root.id) ?? '',
      version: textOf(root.version) ?? '',
      table,
      tables: tableNames(root.servers, table),
      ...(description !== undefined && { description }),
      fields: fields.fields,
    },
    problems,
  };
}

function checkHeader(
  yaml: PositionedYaml,
  root: Record<string, unknown>,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (root.kind !== 'DataContract') {
    problems.push(
      yaml.problem('CONTRACT_INVALID', ['kind'], 'kind must be DataContract.', {
        at: 'value',
      }),
    );
  }
  if (!/^v3\.\d+\.\d+/.test(String(root.apiVersion))) {
    problems.push(
      yaml.problem(
        'CONTRACT_VERSION_UNSUPPORTED',
        ['apiVersion'],
        'apiVersion must be v3.0.x or v3.1.x of the Open Data Contract Standard.',
        { at: 'value' },
      ),
    );
  }
  for (const key of ['id', 'version']) {
    if (!textOf(root[key])) {
      problems.push(
        yaml.problem(
          'CONTRACT_INVALID',
          [key],
          `The contract needs ${key}, a text.`,
          { at: 'value' },
        ),
      );
    }
  }
  return problems;
}

function findSchema(
  yaml: PositionedYaml,
  value: unknown,
  wanted: string | undefined,
  problems: PlanProblem[],
): { schema: Record<string, unknown>; path: YamlPath } | undefined {
  const refuse = (code: string, message: string) => {
    problems.push(yaml.problem(code, ['schema'], message));
    return undefined;
  };
  const schemas = Array.isArray(value) ? value.filter(isRecord) : [];
  if (!Array.isArray(value) || schemas.length === 0) {
    return refuse(
      'CONTRACT_INVALID',
      'The contract needs schema, a list with the object for the table.',
    );
  }
  const names = schemas.map(
    schema => textOf(schema.name) ?? textOf(schema.physicalName) ?? '?',
  );
  if (wanted !== undefined) {
    const schema = schemas.find(
      each => each.name === wanted || each.physicalName === wanted,
    );
    return schema
      ? { schema, path: ['schema', value.indexOf(schema)] }
      : refuse(
          'CONTRACT_SCHEMA_UNKNOWN',
          `The contract has no schema object ${wanted}; it has ${names.join(
            ', ',
          )}.`,
        );
  }
  if (schemas.length > 1) {
    return refuse(
      'CONTRACT_SEVERAL_SCHEMAS',
      `The contract has several schema objects (${names.join(
        ', ',
      )}); a migration moves one. Name it after a hash: contract.yaml#${
        names[0]
      }.`,
    );
  }
  return { schema: schemas[0], path: ['schema', value.indexOf(schemas[0])] };
}
