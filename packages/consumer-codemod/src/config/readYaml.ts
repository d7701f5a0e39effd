import { isMap, isPair, isScalar, parseAllDocuments, visit } from 'yaml';
import { ConfigString } from './ConfigString';
import { readScalar } from './yamlScalar';

/** The strings of a YAML file; nothing if it cannot be read, such as with a template in it. */
export function readYaml(text: string): ConfigString[] | undefined {
  const documents = readDocuments(text);
  if (!documents) {
    return undefined;
  }
  if (!Array.isArray(documents)) {
    return [];
  }
  const strings: ConfigString[] = [];
  for (const document of documents) {
    if (document.errors.length > 0) {
      return undefined;
    }
    visit(document, {
      Scalar(key, node, path) {
        if (typeof node.value !== 'string' || !node.range) {
          return;
        }
        const keys = path.flatMap(entry =>
          isPair(entry) && isScalar(entry.key) ? [String(entry.key.value)] : [],
        );
        const isKey = key === 'key' && isMap(path[path.length - 2]);
        const sql = isKey ? undefined : readScalar(text, node);
        strings.push({
          keys: isKey ? keys.slice(0, -1) : keys,
          value: node.value,
          start: node.range[0],
          end: node.range[1],
          ...(sql && { sql }),
        });
      },
    });
  }
  return strings;
}

function readDocuments(text: string) {
  try {
    return parseAllDocuments(text, { uniqueKeys: false, logLevel: 'error' });
  } catch {
    // What nests too deeply for the parser's stack is not written by hand.
    return undefined;
  }
}
