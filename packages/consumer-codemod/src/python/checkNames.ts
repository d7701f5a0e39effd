import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { findingFor } from '../rewrite/findingFor';
import { findMentions } from '../text/findMentions';
import { placeOf, PythonFile } from './PythonFile';

/**
 * Names in the code itself: constants and classes that the plan lists, modules and
 * attributes called like the dataset. A local variable of that name says nothing.
 */
export function checkNames(file: PythonFile): {
  uses: DatasetUse[];
  findings: Finding[];
} {
  const { tree, context, names } = file;
  const symbols = new Set(context.mapping.from.names.symbols);
  const uses: DatasetUse[] = [];
  const findings: Finding[] = [];
  for (const node of tree.identifiers) {
    const snippet = tree.textOf(node);
    const parent = tree.parent(node)?.type;
    const foreign =
      parent === 'dotted_name' ||
      (parent === 'attribute' && node.field === 'attribute');
    const named =
      symbols.has(snippet) ||
      (foreign &&
        /[_\d]/.test(snippet) &&
        findMentions(snippet, context.matcher, undefined).length > 0);
    if (
      !named ||
      (names.bindingAt(node) && !symbols.has(snippet) && !foreign)
    ) {
      continue;
    }
    const place = placeOf(file, node);
    uses.push({ place, context: 'text', route: 'person', snippet });
    findings.push(findingFor('PYTHON_NAME_IN_CODE', place, snippet));
  }
  return { uses, findings };
}
