import { CodeNode } from '../treeSitter/CodeParser';
import { argumentsOf, calleeOf, definitionOf, methodOf } from './calls';
import { PythonFile } from './PythonFile';
import { fieldOf, namedOf } from './PyTree';

/** Methods whose result has the same columns, and more at most. */
const SAME_COLUMNS =
  /^(to_dataframe|result|head|tail|copy|sort_values|query|where|filter|limit|cache|persist|orderBy|sort|sort_index|reset_index|set_index|assign|withColumn|withColumnRenamed|rename|fillna|merge|join|sample|repartition|coalesce|load|alias|toPandas|option|options|to_pandas)$/;
/** Methods that take only the columns that they name. */
const NAMED_COLUMNS = /^(select|selectExpr|get)$/;
/** Methods that look at all columns unless they are told which. */
const WITH_SUBSET = /^(drop_duplicates|dropDuplicates|dropna)$/;
/** Attributes that do not depend on which columns there are. */
const NO_COLUMNS =
  /^(empty|index|total_rows|num_rows|job_id|write|sparkSession)$/;
/** Methods that do not either. */
const NO_COLUMN_CALLS = /^(done|cancel|wait|unpersist)$/;
const MAX_DEPTH = 12;

/** True if everything that is done with a data frame names the columns that it reads. */
export function namesItsColumns(
  file: PythonFile,
  frame: CodeNode,
  seen: Set<CodeNode> = new Set(),
): boolean {
  const { tree, names } = file;
  const parent = tree.parent(frame);
  if (!parent || seen.size > 400) {
    return false;
  }
  if (seen.has(frame)) {
    return true;
  }
  seen.add(frame);
  const next = (node: CodeNode) => namesItsColumns(file, node, seen);
  switch (parent.type) {
    case 'parenthesized_expression':
      return next(parent);
    case 'expression_statement':
      // A notebook shows what stands alone.
      return !file.path.includes('.ipynb');
    case 'attribute':
      return frame.field === 'object' && attribute(file, parent, next);
    case 'subscript':
      return frame.field === 'value' && subscript(file, parent, next);
    case 'assignment': {
      const left = fieldOf(parent, 'left');
      const binding =
        left?.type === 'identifier' ? names.bindingAt(left) : undefined;
      return (
        frame.field === 'right' &&
        binding !== undefined &&
        binding.variable.scope.type !== 'class_definition' &&
        isLocal(file, binding.variable.scope) &&
        binding.variable.loads
          .filter(load => {
            const reaching = names.reaching(load);
            return reaching === undefined || reaching === binding;
          })
          .every(next)
      );
    }
    case 'for_statement':
      return frame.field === 'right' && rows(file, parent, frame);
    case 'argument_list':
      return argument(file, frame, parent, seen);
    case 'if_statement':
    case 'not_operator':
      return true;
    case 'comparison_operator':
      return namedOf(parent).some(node => node.type === 'none');
    default:
      return false;
  }
}

/** A module's names may be imported; a script's and a function's are not. */
function isLocal({ tree, text, path }: PythonFile, scope: CodeNode): boolean {
  return (
    scope !== tree.root ||
    path.includes('.ipynb') ||
    /^if __name__ ==|^from airflow|^spark\b|SparkSession/m.test(text)
  );
}

function attribute(
  file: PythonFile,
  node: CodeNode,
  next: (node: CodeNode) => boolean,
): boolean {
  const { tree } = file;
  const name = tree.textOf(fieldOf(node, 'attribute') ?? node);
  const call = tree.parent(node);
  if (call?.type !== 'call' || node.field !== 'function') {
    if (/^i?loc$/.test(name)) {
      return name === 'loc' && call?.type === 'subscript' && next(node);
    }
    // `df.country` names its column.
    return NO_COLUMNS.test(name) || file.view.fields.has(name.toLowerCase());
  }
  const args = argumentsOf(tree, call);
  if (SAME_COLUMNS.test(name)) {
    return next(call);
  }
  if (name === 'iterrows' || name === 'collect') {
    const loop = tree.parent(call);
    return loop?.type === 'for_statement' && rows(file, loop, call);
  }
  if (/^group(by|By)$/.test(name)) {
    return args.length > 0 && grouped(file, call);
  }
  if (WITH_SUBSET.test(name)) {
    const listed = args.some(
      ({ keyword, value }) =>
        (keyword === 'subset' || keyword === undefined) &&
        /^(list|string)$/.test(value.type),
    );
    return listed && next(call);
  }
  if (name === 'plot') {
    const given = new Set(args.map(({ keyword }) => keyword));
    return given.has('x') && given.has('y');
  }
  if (name === 'agg') {
    return args.some(
      ({ keyword, value }) =>
        keyword !== undefined || value.type === 'dictionary',
    );
  }
  const star = args.some(({ value }) => /["']\*["']/.test(tree.textOf(value)));
  return (
    NO_COLUMN_CALLS.test(name) ||
    (NAMED_COLUMNS.test(name) && args.length > 0 && !star)
  );
}

/** A group is read by the columns that are named behind it. */
function grouped({ tree }: PythonFile, call: CodeNode): boolean {
  const parent = tree.parent(call);
  if (parent?.type === 'subscript') {
    return true;
  }
  const outer = parent && tree.parent(parent);
  const method = outer?.type === 'call' ? methodOf(tree, outer) : '';
  return (
    method === 'size' ||
    (method === 'agg' &&
      outer !== undefined &&
      argumentsOf(tree, outer).some(
        ({ keyword, value }) =>
          keyword !== undefined ||
          value.type === 'dictionary' ||
          value.type === 'call',
      ))
  );
}

function subscript(
  { tree, names }: PythonFile,
  node: CodeNode,
  next: (node: CodeNode) => boolean,
): boolean {
  const index = fieldOf(node, 'subscript');
  if (!index) {
    return false;
  }
  const value = fieldOf(node, 'value');
  const located = value?.type === 'attribute';
  const indexes = node.children.filter(({ field }) => field === 'subscript');
  const column = indexes[indexes.length - 1];
  if (!located || indexes.length === 2) {
    if (column.type === 'string') {
      return true;
    }
    if (column.type === 'list') {
      return namedOf(column).every(({ type }) => type === 'string');
    }
    if (column.type === 'integer' || column.type === 'slice') {
      return column.type === 'slice' && !located && next(node);
    }
  }
  const constant =
    column.type === 'identifier' ? names.reaching(column) : undefined;
  if (constant?.value?.type === 'list') {
    return namedOf(constant.value).every(({ type }) => type === 'string');
  }
  // A condition: the frame itself, with fewer rows.
  return tree.parent(node)?.field === 'left' ? false : next(node);
}

/** Rows that a loop takes out are read by name. */
function rows(file: PythonFile, loop: CodeNode, source: CodeNode): boolean {
  const { tree, names } = file;
  const target = fieldOf(loop, 'left');
  const written = tree.textOf(source);
  if (!target || /to_dataframe|read_gbq|read_sql/.test(written)) {
    return false;
  }
  const targets = tree.identifiers.filter(node => tree.isInside(node, target));
  const row = targets[targets.length - 1];
  const binding = row && names.bindingAt(row);
  const iterated = /iterrows\(\)$/.test(written) ? 2 : 1;
  return (
    targets.length === iterated &&
    binding !== undefined &&
    binding.variable.bindings.length === 1 &&
    binding.variable.loads.every(load => {
      const parent = tree.parent(load);
      const index = parent && fieldOf(parent, 'subscript');
      return parent?.type === 'subscript'
        ? index?.type === 'string'
        : parent?.type === 'attribute' &&
            file.view.fields.has(
              tree.textOf(fieldOf(parent, 'attribute') ?? parent).toLowerCase(),
            );
    })
  );
}

/** A function of this file that gets the frame may be looked into. */
function argument(
  file: PythonFile,
  frame: CodeNode,
  list: CodeNode,
  seen: Set<CodeNode>,
): boolean {
  const { tree, names, evaluator } = file;
  const call = tree.parent(list);
  if (call?.type !== 'call') {
    return false;
  }
  if (calleeOf(tree, call) === 'len') {
    return true;
  }
  const definition = definitionOf(evaluator, call);
  const parameters = definition && fieldOf(definition.node, 'parameters');
  const position = namedOf(list).indexOf(frame) + (definition?.method ? 1 : 0);
  const entry = parameters && namedOf(parameters)[position];
  const name = entry && (fieldOf(entry, 'name') ?? namedOf(entry)[0] ?? entry);
  const binding = name && names.bindingAt(name);
  return (
    binding !== undefined &&
    seen.size < MAX_DEPTH * 20 &&
    binding.variable.bindings.length === 1 &&
    binding.variable.loads.every(load => namesItsColumns(file, load, seen))
  );
}
