import { PlanProblem } from '../plan/PlanProblem';
import { PositionedYaml, YamlPath } from '../yaml/PositionedYaml';
import { ContractField, FieldReference } from './DataContract';
import { isRecord, textOf } from './records';

interface End {
  /** As the document calls the schema object; absent for the one that is read. */
  table?: string;
  field: string;
}

/**
 * Reads the foreign keys of one schema object, from its own `relationships` and those
 * of its properties, into its fields. Only keys of one field are taken; of others a
 * warning says that they are not.
 */
export function addRelationships(options: {
  yaml: PositionedYaml;
  /** The document, whose other schema objects tell physical names. */
  root: Record<string, unknown>;
  schema: Record<string, unknown>;
  path: YamlPath;
  fields: ContractField[];
}): PlanProblem[] {
  const { yaml, root, schema, path, fields } = options;
  const problems: PlanProblem[] = [];
  const add = (
    relationship: unknown,
    here: YamlPath,
    own: string | undefined,
  ) => {
    if (!isRecord(relationship)) {
      return;
    }
    const type = textOf(relationship.type) ?? 'foreignKey';
    const from = own ?? endOf(relationship.from)?.field;
    const to = endOf(relationship.to);
    const field = fields.find(
      each => each.name === physicalField(schema, from ?? ''),
    );
    if (type !== 'foreignKey' || !field || !to?.table) {
      problems.push(
        yaml.problem(
          'CONTRACT_RELATIONSHIP_NOT_USED',
          here,
          'This relationship is not used: only foreign keys of one field are, with to as table.field.',
          { severity: 'warning' },
        ),
      );
      return;
    }
    field.references = [
      ...(field.references ?? []),
      physicalEnd(root, { table: to.table, field: to.field }),
    ];
  };
  for (const [index, each] of listOf(schema.relationships).entries()) {
    add(each, [...path, 'relationships', index], undefined);
  }
  for (const [index, property] of listOf(schema.properties).entries()) {
    if (isRecord(property)) {
      const own = textOf(property.name);
      for (const [n, each] of listOf(property.relationships).entries()) {
        add(each, [...path, 'properties', index, 'relationships', n], own);
      }
    }
  }
  return problems;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `table.field`, `schema/table/properties/field`, also in another document. */
function endOf(value: unknown): End | undefined {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const text = textOf(single);
  if (text === undefined || text.length > 1000) {
    return undefined;
  }
  const steps = /(?:^|[#/])schema\/([^/]+)\/properties\/([^/]+)$/.exec(text);
  if (steps) {
    return { table: steps[1], field: steps[2] };
  }
  if (/[/#\s]/.test(text)) {
    return undefined;
  }
  const dot = text.lastIndexOf('.');
  return dot < 0
    ? { field: text }
    : { table: text.slice(0, dot), field: text.slice(dot + 1) };
}

/** The names in the database, where the same document tells them. */
function physicalEnd(
  root: Record<string, unknown>,
  { table, field }: FieldReference,
): FieldReference {
  const schema = listOf(root.schema)
    .filter(isRecord)
    .find(each => each.name === table || each.physicalName === table);
  return schema
    ? {
        table: textOf(schema.physicalName) ?? table,
        field: physicalField(schema, field),
      }
    : { table, field };
}

function physicalField(schema: Record<string, unknown>, field: string): string {
  const property = listOf(schema.properties)
    .filter(isRecord)
    .find(each => each.name === field || each.physicalName === field);
  return (property && textOf(property.physicalName)) ?? field;
}
