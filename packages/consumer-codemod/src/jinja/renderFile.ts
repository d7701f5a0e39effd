import { JinjaFile, Variant } from '../mask/maskJinja';
import { Returned, Scopes } from './ExpressionEvaluator';
import { Interpreter } from './Interpreter';
import {
  isTrue,
  JinjaValue,
  NotKnown,
  printValue,
  Relation,
  UNKNOWN,
} from './JinjaValue';
import { JinjaNode } from './parseTemplate';

/** Text that takes the place of a stretch of the file, such as the dataset's name. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

export interface RenderOptions {
  file: JinjaFile;
  nodes: readonly JinjaNode[];
  /** Which branch of each conditional is printed, outside of loops that are run. */
  variant: Variant;
  /** The part of the file that is printed; the rest is run for its variables. */
  range: { start: number; end: number };
  replacements: readonly Replacement[];
  /** Runs macros and loops; without it every expression is taken as not known. */
  interpreter?: Interpreter;
  /** What stands for an expression that is not known; nothing to print none. */
  placeholder(span: number): string;
}

export interface Rendered {
  text: string;
  /** Stretches of the file's own text that are in it. */
  printed: Array<{ start: number; end: number }>;
}

class FileRenderer {
  text = '';
  printed: Rendered['printed'] = [];
  readonly #options: RenderOptions;

  constructor(options: RenderOptions) {
    this.#options = options;
  }

  /** @param strict - in a loop that is run, all has to be known */
  run(nodes: readonly JinjaNode[], scopes: Scopes, strict: boolean) {
    for (const node of nodes) {
      this.#options.interpreter?.step();
      this.#runNode(node, scopes, strict);
    }
  }

  #runNode(node: JinjaNode, scopes: Scopes, strict: boolean) {
    switch (node.kind) {
      case 'text':
        this.#printText(node.start, node.end);
        break;
      case 'output':
        this.#printOutput(node, scopes, strict);
        break;
      case 'if':
        this.run(this.#branchOf(node, scopes, strict), scopes, strict);
        break;
      case 'for':
        this.#runLoop(node, scopes, strict);
        break;
      case 'skipped':
        break;
      default:
        this.#options.interpreter?.perform(this.#options.file, node, scopes);
    }
  }

  #branchOf(
    node: JinjaNode & { kind: 'if' },
    scopes: Scopes,
    strict: boolean,
  ): readonly JinjaNode[] {
    const { interpreter, variant } = this.#options;
    if (!strict || !interpreter) {
      const pick = variant.choice[node.conditional];
      return node.branches[pick]?.body ?? [];
    }
    for (const branch of node.branches) {
      const holds =
        branch.isElse || isTrue(interpreter.evaluate(branch.condition, scopes));
      if (holds === UNKNOWN) {
        throw new NotKnown('if');
      }
      if (holds) {
        return branch.body;
      }
    }
    return [];
  }

  #runLoop(node: JinjaNode & { kind: 'for' }, scopes: Scopes, strict: boolean) {
    const rounds = this.#options.interpreter?.rounds(node, scopes);
    const before = { text: this.text, printed: [...this.printed] };
    if (rounds) {
      try {
        for (const round of rounds) {
          this.run(node.body, [...scopes, round], true);
        }
        return;
      } catch (error) {
        if (!(error instanceof NotKnown) || strict) throw error;
        Object.assign(this, before);
      }
    } else if (strict) {
      throw new NotKnown('for');
    }
    // Once, with nothing known of what it goes over.
    const unknown = [...node.names, 'loop'].map(
      name => [name, UNKNOWN] as [string, JinjaValue],
    );
    this.run(node.body, [...scopes, new Map(unknown)], false);
  }

  #printText(start: number, end: number) {
    const { range, replacements } = this.#options;
    let position = Math.max(start, range.start);
    const stop = Math.min(end, range.end);
    for (const replacement of replacements) {
      if (replacement.end <= position || replacement.start >= stop) {
        continue;
      }
      if (replacement.start >= position) {
        this.#keep(position, replacement.start);
        this.#put(replacement.text);
        this.printed.push(replacement);
      }
      position = Math.max(position, replacement.end);
    }
    if (position < stop) {
      this.#keep(position, stop);
    }
  }

  #keep(start: number, end: number) {
    this.text += this.#options.file.text.slice(start, end);
    this.printed.push({ start, end });
  }

  /** `join{{ ref('t') }}`: one word would become part of the other. */
  #put(text: string) {
    const gap = text !== '' && /\w$/.test(this.text) ? ' ' : '';
    this.text += gap + text;
  }

  #printOutput(
    node: JinjaNode & { kind: 'output' },
    scopes: Scopes,
    strict: boolean,
  ) {
    const { file, range, replacements } = this.#options;
    const { start, end } = file.spans[node.span];
    const replaced = replacements.find(
      each => each.start < end && each.end > start,
    );
    if (replaced && replaced.start < start) {
      return;
    }
    const wanted = start >= range.start && end <= range.end;
    const value = this.#valueOf(node, scopes);
    if (!wanted) {
      return;
    }
    this.printed.push({ start, end });
    if (replaced) {
      this.#put(replaced.text);
      return;
    }
    const printed = printValue(value);
    if (printed === UNKNOWN) {
      if (strict) {
        throw new NotKnown(file.spans[node.span].body);
      }
      this.#put(this.#options.placeholder(node.span));
    } else if (value instanceof Relation) {
      this.#put(printed);
    } else {
      this.text += printed;
    }
  }

  #valueOf(node: JinjaNode & { kind: 'output' }, scopes: Scopes): JinjaValue {
    const { interpreter } = this.#options;
    if (!interpreter) {
      return UNKNOWN;
    }
    try {
      return interpreter.evaluate(node.expression, scopes);
    } catch (error) {
      if (error instanceof Returned) {
        return UNKNOWN;
      }
      throw error;
    }
  }
}

/** A dbt file as the query it would run, as far as that is known without a warehouse. */
export function renderFile(options: RenderOptions): Rendered {
  const renderer = new FileRenderer(options);
  renderer.run(options.nodes, [new Map()], false);
  return { text: renderer.text.trim(), printed: renderer.printed };
}
