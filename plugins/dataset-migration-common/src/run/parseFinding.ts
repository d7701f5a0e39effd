import {
  DatasetUse,
  Finding,
  MAX_USE_OUTPUTS,
  MAX_USE_STEPS,
  Place,
  Route,
  UseOutput,
  UseStep,
} from '../change/Finding';
import { HostileInput } from './HostileInput';
import { maybe, need } from './parseChecked';
import { RUN_LIMITS } from './runLimits';

const ROUTES: readonly Route[] = ['codemod', 'question', 'agent', 'person'];
const MAX_POSITION = 100_000_000;
const text = (input: HostileInput) => input.text(RUN_LIMITS.text);

/** A stable identifier such as `SQL_USING_RENAMED`. */
export function parseReason(input: HostileInput): string {
  return input.matching(
    /^[A-Z][A-Z0-9_]{0,99}$/,
    'a reason such as NO_SANDBOX',
  );
}

export function parsePlace(input: HostileInput): Place {
  const place = input.object([
    'path',
    'line',
    'column',
    'endLine',
    'endColumn',
  ]);
  const position = (child: HostileInput) => child.integer(1, MAX_POSITION);
  return {
    path: need(input, place, 'path', child => child.filePath()),
    line: need(input, place, 'line', position),
    column: need(input, place, 'column', position),
    ...maybe(place, 'endLine', position),
    ...maybe(place, 'endColumn', position),
  };
}

export function parseUse(input: HostileInput): DatasetUse {
  const use = input.object([
    'place',
    'field',
    'context',
    'route',
    'snippet',
    'via',
    'outputs',
    'indirect',
  ]);
  return {
    place: need(input, use, 'place', parsePlace),
    ...maybe(use, 'field', child => child.text(500)),
    context: need(input, use, 'context', child => child.text(100)),
    route: need(input, use, 'route', child => child.oneOf(ROUTES)),
    snippet: need(input, use, 'snippet', text),
    ...maybe(use, 'via', child => child.list(MAX_USE_STEPS).map(parseStep)),
    ...maybe(use, 'outputs', child =>
      child.list(MAX_USE_OUTPUTS).map(parseOutput),
    ),
    ...maybe(use, 'indirect', child => child.boolean()),
  };
}

function parseStep(input: HostileInput): UseStep {
  const step = input.object(['kind', 'name']);
  return {
    kind: need(input, step, 'kind', child =>
      child.oneOf(['alias', 'cte', 'subquery', 'model', 'view'] as const),
    ),
    name: need(input, step, 'name', child => child.text(500)),
  };
}

function parseOutput(input: HostileInput): UseOutput {
  const output = input.object(['name', 'as']);
  return {
    ...maybe(output, 'name', child => child.text(500)),
    as: need(input, output, 'as', child =>
      child.oneOf(['unchanged', 'expression', 'filter'] as const),
    ),
  };
}

export function parseFinding(input: HostileInput): Finding {
  const finding = input.object([
    'reason',
    'severity',
    'route',
    'message',
    'place',
    'field',
    'question',
  ]);
  return {
    reason: need(input, finding, 'reason', parseReason),
    severity: need(input, finding, 'severity', child =>
      child.oneOf(['info', 'warning', 'error'] as const),
    ),
    route: need(input, finding, 'route', child => child.oneOf(ROUTES)),
    message: need(input, finding, 'message', text),
    ...maybe(finding, 'place', parsePlace),
    ...maybe(finding, 'field', child => child.text(500)),
    ...maybe(finding, 'question', parseQuestion),
  };
}

function parseQuestion(input: HostileInput): NonNullable<Finding['question']> {
  const question = input.object(['text', 'options', 'guide']);
  return {
    text: need(input, question, 'text', text),
    options: need(input, question, 'options', list =>
      list.list(50).map(item => {
        const option = item.object(['label', 'is']);
        return {
          label: need(item, option, 'label', text),
          is: need(item, option, 'is', text),
        };
      }),
    ),
    ...maybe(question, 'guide', child =>
      child.matching(/^https?:\/\/\S+$/, 'a web address', 2000),
    ),
  };
}
