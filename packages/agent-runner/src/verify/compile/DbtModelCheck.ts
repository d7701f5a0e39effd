import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';
import { CompileCheck, CompiledFile } from './CompileCheck';
import { DbtProject, dbtProject, dbtRoot } from './dbtProject';
import { filesBefore } from './filesBefore';
import { lineOf } from './lineOf';

interface DbtReference {
  /** `ref('a')` as `a`, `source('a', 'b')` as `a.b`. */
  kind: 'ref' | 'source';
  name: string;
  line: number;
}

const CALL =
  /(?<![\w.])(ref|source)\s*\(\s*(?:'([^'\n]*)'|"([^"\n]*)")(?:\s*,\s*(?:'([^'\n]*)'|"([^"\n]*)"))?\s*[,)]/g;

/**
 * The half of `dbt parse` that needs no macro: every `ref` and `source` that a change
 * brings into a model or macro is declared in the project.
 */
export class DbtModelCheck implements CompileCheck {
  accepts({ path }: CompiledFile, { filesAfter }: VerifierContext): boolean {
    return /\.sql$/i.test(path) && dbtRoot(path, filesAfter) !== undefined;
  }

  async check(
    { path, before, after }: CompiledFile,
    context: VerifierContext,
  ): Promise<VerdictOf> {
    const { filesAfter, job } = context;
    const root = dbtRoot(path, filesAfter) ?? '';
    const project = dbtProject(root, filesAfter);
    const known = new Set(referencesIn(before ?? '').map(keyOf));
    const brought = referencesIn(after).filter(each => !known.has(keyOf(each)));
    const missing = brought.find(each => !declares(project, each));
    if (!missing) {
      return {
        verdict: 'passed',
        summary: `${path}: its new references are declared in the dbt project; macros were not run.`,
      };
    }
    const { kind, name, line } = missing;
    const place = `${path}:${line}`;
    const { paths, excludedPaths } = job.target;
    const partial = paths.length + excludedPaths.length > 0;
    if (partial || project.hasTemplatedNames || project.hasPackages) {
      return {
        verdict: 'not-run',
        reason: 'DBT_REFERENCE_ELSEWHERE',
        summary: `${place}: ${kind} ${name} is not declared in the files of this target; ${
          partial
            ? 'the rest of the project was not looked at'
            : 'a package or template may declare it'
        }.`,
      };
    }
    const earlier = dbtProject(root, filesBefore(context));
    const lost = referencesIn(before ?? '').find(
      each => each.kind === missing.kind && !declares(earlier, each),
    );
    if (lost) {
      return {
        verdict: 'not-run',
        reason: 'COMPILES_NEITHER',
        summary: `${path}: dbt did not find ${lost.kind} ${lost.name} before the change either.`,
      };
    }
    return {
      verdict: 'failed',
      reason: 'DBT_REFERENCE_UNRESOLVED',
      summary: `${place}: dbt would not find ${kind} ${name}; declare it in the project first.`,
    };
  }
}

function declares(project: DbtProject, { kind, name }: DbtReference): boolean {
  return kind === 'ref' ? project.refs.has(name) : project.sources.has(name);
}

function keyOf({ kind, name }: DbtReference): string {
  return `${kind} ${name}`;
}

/** References of a text outside of Jinja comments; of `ref('package', 'model')` the model. */
function referencesIn(text: string): DbtReference[] {
  const visible = text.replace(/\{#[^]*?#\}/g, comment =>
    comment.replace(/[^\n]/g, ' '),
  );
  return [...visible.matchAll(CALL)].flatMap((found): DbtReference[] => {
    const kind = found[1] as DbtReference['kind'];
    const first = found[2] ?? found[3];
    const second = found[4] ?? found[5];
    const line = lineOf(text, found.index);
    if (kind === 'ref') {
      return [{ kind, name: second ?? first, line }];
    }
    return second === undefined
      ? []
      : [{ kind, name: `${first}.${second}`, line }];
  });
}
