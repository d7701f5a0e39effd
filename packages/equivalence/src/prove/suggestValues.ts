import {
  ContractField,
  DatasetMapping,
} from 'backstage-plugin-dataset-migration-common';
import { quoteText } from '../database/names';
import { pointCandidates } from '../generate/candidateValues';
import { Hints } from '../generate/collectHints';
import { columnsIn, walkAst } from '../translate/ast';
import { parseStatement } from '../translate/polyglot';
import { ViewField } from '../view/resolveFields';

const BIGQUERY_UNITS: Record<string, number> = {
  SECONDS: 1 / 1000,
  MILLIS: 1,
  MICROS: 1000,
};

/** How many units of an epoch column make a millisecond, if an expression reads it as one. */
function epochFactor(expression: string, column: string): number | undefined {
  const argument = `\\(\\s*[\`"]?${column}\\b[\`"]?`;
  const unit = new RegExp(
    `TIMESTAMP_(SECONDS|MILLIS|MICROS)${argument}`,
    'i',
  ).exec(expression)?.[1];
  if (unit) return BIGQUERY_UNITS[unit.toUpperCase()];
  // Snowflake: TO_TIMESTAMP_NTZ(column [, scale]), seconds by default.
  const call = new RegExp(
    `TO_TIMESTAMP\\w*${argument}(?:\\s*,\\s*(\\d))?`,
    'i',
  ).exec(expression);
  return call ? 10 ** (Number(call[1] ?? 0) - 3) : undefined;
}

/** Parts of `literal` between the fixed texts of an expression such as `CONCAT(a, '/', b)`. */
function splitAt(literal: string, separators: string[]): string[] {
  let parts = [literal];
  for (const separator of separators.filter(item => item !== '')) {
    parts = parts.flatMap(part => part.split(separator));
  }
  return parts.length > 1 ? parts : [];
}

/**
 * Values for a new column that bring the old fields computed from it to both
 * sides of what the queries compare those fields with.
 *
 * @returns SQL literals
 */
export function suggestValues(
  column: ContractField,
  mapping: DatasetMapping,
  fields: ViewField[],
  hints: Hints,
): string[] {
  const suggested: string[] = [];
  for (const { field, value } of fields) {
    if (value.kind !== 'expression') continue;
    const expression = parseStatement(`SELECT ${value.is}`, mapping.dialect);
    const used = columnsIn([expression]).some(
      ({ name }) => name.toLowerCase() === column.name.toLowerCase(),
    );
    if (!used) continue;
    const literals = [...(hints.literals.get(field.name.toLowerCase()) ?? [])];
    const factor = epochFactor(value.is, column.name);
    if (factor !== undefined) {
      suggested.push(
        ...pointCandidates(literals, hints.distances).map(point =>
          String(Math.floor(point * factor)),
        ),
      );
    }
    const separators: string[] = [];
    walkAst([expression], (kind, node) => {
      if (kind === 'literal' && node.literal_type === 'string') {
        separators.push(String(node.value));
      }
    });
    if (/STRING|VARCHAR|TEXT/i.test(column.type)) {
      suggested.push(
        ...literals
          .flatMap(literal => splitAt(literal, separators))
          .map(quoteText),
      );
    }
  }
  return suggested;
}
