import { isMap, isScalar, isSeq, YAMLMap } from 'yaml';
import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';
import {
  CompileCheck,
  CompiledFile,
  compareSyntax,
  SyntaxFault,
} from './CompileCheck';
import { yamlFault } from './ConfigCheck';
import { dbtProject, dbtRoot } from './dbtProject';
import { filesBefore } from './filesBefore';
import { readYaml } from './readYaml';

/** Keys of a properties file whose entries need a name, with the lists inside them. */
const NAMED = [
  'sources',
  'models',
  'seeds',
  'snapshots',
  'exposures',
  'tables',
  'columns',
];

/** dbt's own YAML: readable, entries have names, and no table is declared twice. */
export class DbtYamlCheck implements CompileCheck {
  accepts({ path, after }: CompiledFile, context: VerifierContext): boolean {
    return (
      /\.ya?ml$/i.test(path) &&
      /^(?:sources|models|seeds|snapshots|exposures):/m.test(after) &&
      !/(?:^|\/)dbt_project\.ya?ml$/i.test(path) &&
      dbtRoot(path, context.filesAfter) !== undefined
    );
  }

  async check(
    file: CompiledFile,
    { filesAfter, files }: VerifierContext,
  ): Promise<VerdictOf> {
    const verdict = await compareSyntax(file, {
      summary: 'dbt would accept its structure.',
      check: async text => yamlFault(text) ?? structureFault(text),
    });
    if (verdict.verdict !== 'passed') {
      return verdict;
    }
    const root = dbtRoot(file.path, filesAfter) ?? '';
    const after = dbtProject(root, filesAfter);
    const old = dbtProject(root, filesBefore({ filesAfter, files }));
    for (const [name, paths] of after.sources) {
      const twice = paths.length > 1 && paths.includes(file.path);
      if (twice && (old.sources.get(name)?.length ?? 0) < paths.length) {
        return {
          verdict: 'failed',
          reason: 'DBT_DECLARED_TWICE',
          summary: `dbt refuses two declarations of source ${name}: ${paths.join(
            ', ',
          )}.`,
        };
      }
    }
    return verdict;
  }
}

function structureFault(text: string): SyntaxFault {
  const contents = readYaml(text);
  return contents && faultIn(contents, '');
}

function faultIn(map: YAMLMap, place: string): SyntaxFault {
  for (const key of NAMED) {
    const list = map.get(key, true);
    if (list === undefined || (isScalar(list) && list.value === null)) {
      continue;
    }
    if (!isSeq(list)) {
      return { kind: 'syntax', message: `${place}${key} must be a list` };
    }
    for (const [index, entry] of list.items.entries()) {
      const here = `${place}${key}[${index}]`;
      if (!isMap(entry)) {
        return { kind: 'syntax', message: `${here} must have keys` };
      }
      if (typeof entry.get('name') !== 'string') {
        return { kind: 'syntax', message: `${here} needs a name` };
      }
      const inner = faultIn(entry, `${here}.`);
      if (inner) {
        return inner;
      }
    }
  }
  return undefined;
}
