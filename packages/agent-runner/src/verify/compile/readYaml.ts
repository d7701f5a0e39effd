import { isMap, parseDocument, YAMLMap } from 'yaml';

/**
 * For text of hostile origin: the library's own check for equal keys takes quadratic
 * time. Tags of tools, such as those of CloudFormation, are warnings and no errors.
 */
export const YAML_OPTIONS = { uniqueKeys: false, logLevel: 'silent' } as const;

/** The mapping at the top of a document; undefined where there is none. */
export function readYaml(text: string): YAMLMap | undefined {
  try {
    const { contents } = parseDocument(text, YAML_OPTIONS);
    return isMap(contents) ? contents : undefined;
  } catch {
    // Nested so deeply that the reader runs out of its stack.
    return undefined;
  }
}
