import { ProverDatabase } from '../database/ProverDatabase';
import { parseTree, printTrees, walkTree } from '../tree/QueryTree';

/**
 * Lets casts give NULL for what they cannot convert, also those that the engine
 * makes itself, such as that of text in `x IS TRUE`.
 */
export async function withoutCastErrors(
  database: ProverDatabase,
  query: string,
): Promise<string> {
  const tree = await parseTree(database, query);
  if (!tree) {
    return query.replace(/'(?:[^']|'')*'|\bCAST\(/g, part =>
      part === 'CAST(' ? 'TRY_CAST(' : part,
    );
  }
  walkTree(tree, node => {
    if (node.class === 'CAST') node.try_cast = true;
    return true;
  });
  const [text] = await printTrees(database, [tree]);
  return text;
}
