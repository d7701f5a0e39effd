import { JinjaSpan, scanJinja } from '../mask/scanJinja';
import { ExpressionParser } from './ExpressionParser';
import { JinjaExpression, JinjaNotRead } from './JinjaExpression';
import { MacroText } from './libraryMacros';
import { JinjaNode, parseTemplate } from './parseTemplate';

/** A macro that can be run. */
export interface MacroDefinition {
  text: string;
  spans: readonly JinjaSpan[];
  nodes: JinjaNode[];
  parameters: string[];
  defaults: Map<string, JinjaExpression>;
}

/** Reads a macro; nothing if its tags do not pair or its parameters are not plain. */
export function parseMacro({
  parameters,
  body,
}: MacroText): MacroDefinition | undefined {
  const scan = scanJinja(body);
  const nodes = scan.ok ? parseTemplate(body, scan.spans) : undefined;
  if (!scan.ok || !nodes) {
    return undefined;
  }
  try {
    const call = ExpressionParser.parse(`macro(${parameters})`);
    if (call.kind !== 'call') {
      return undefined;
    }
    const plain = call.args.flatMap(each =>
      each.kind === 'name' ? [each.name] : [],
    );
    return plain.length === call.args.length
      ? {
          text: body,
          spans: scan.spans,
          nodes,
          parameters: [...plain, ...call.named.map(([name]) => name)],
          defaults: new Map(call.named),
        }
      : undefined;
  } catch (error) {
    if (error instanceof JinjaNotRead) {
      return undefined;
    }
    throw error;
  }
}
