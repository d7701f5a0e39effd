import { findingFor } from '../rewrite/findingFor';
import { Sink } from './flows';
import { Outcome, placeOf, PythonFile } from './PythonFile';

/** The text of a node, short enough for a report. */
export function snippetOf(
  file: PythonFile,
  node: { start: number; end: number },
): string {
  const text = file.text.slice(node.start, node.end);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** A use that is handed over, with its reason. */
export function refuse(
  file: PythonFile,
  sink: Pick<Sink, 'node'>,
  reason: string,
  detail?: string,
): Outcome {
  const place = placeOf(file, sink.node);
  return {
    edits: [],
    comments: [],
    node: sink.node,
    uses: [
      {
        place,
        context: 'text',
        route: 'person',
        snippet: snippetOf(file, sink.node),
      },
    ],
    findings: [findingFor(reason, place, detail)],
    statements: [],
  };
}
