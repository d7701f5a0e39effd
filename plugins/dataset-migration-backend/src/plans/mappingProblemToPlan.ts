import { isNode, LineCounter, parseDocument } from 'yaml';
import { PlanProblemRecord } from '../database/records';
import { MappingProblem } from './PlanChecker';

/** Puts a problem of the mapping at its line in the plan's text. */
export function mappingProblemToPlan(
  problem: MappingProblem,
  text: string,
): PlanProblemRecord {
  const keys = keysOf(problem.place);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  let position = { line: 1, col: 1 };
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) {
      position = lines.linePos(node.range[0]);
      break;
    }
  }
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    line: position.line,
    column: position.col,
    path: keys.join('.'),
  };
}

function keysOf(place: string): string[] {
  if (place.startsWith('from.') || place.startsWith('to.')) {
    return ['spec', ...place.split('.')];
  }
  if (place.startsWith('fields.')) {
    return ['spec', 'mapping', 'fields', place.slice('fields.'.length)];
  }
  return ['spec', 'mapping', ...place.split('.')];
}
