import { parseAllDocuments } from 'yaml';
import { VerdictOf } from '../evidenceOf';
import {
  CompileCheck,
  CompiledFile,
  compareSyntax,
  SyntaxFault,
} from './CompileCheck';
import { YAML_OPTIONS } from './readYaml';

/** YAML, JSON and notebooks can be read again. */
export class ConfigCheck implements CompileCheck {
  accepts({ path }: CompiledFile): boolean {
    return /\.(?:ya?ml|json|ipynb)$/i.test(path);
  }

  check(file: CompiledFile): Promise<VerdictOf> {
    const yaml = /\.ya?ml$/i.test(file.path);
    return compareSyntax(file, {
      summary: yaml ? 'YAML can be read again.' : 'JSON can be read again.',
      check: async text => (yaml ? yamlFault(text) : jsonFault(text)),
    });
  }
}

function jsonFault(text: string): SyntaxFault {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return undefined;
  } catch (error) {
    return { kind: 'syntax', message: messageOf(error) };
  }
}

/** What a YAML reader objects to, if anything. */
export function yamlFault(text: string): SyntaxFault {
  try {
    const documents = parseAllDocuments(text, YAML_OPTIONS);
    const error = ('empty' in documents ? [] : documents).flatMap(
      ({ errors }) => errors,
    )[0];
    return error && { kind: 'syntax', message: error.message.split('\n')[0] };
  } catch (error) {
    return { kind: 'syntax', message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
