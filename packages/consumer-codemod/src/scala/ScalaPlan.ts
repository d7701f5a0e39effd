import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { FileResult, RewrittenStatement } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { placeAt } from '../text/placeAt';
import { CodeNode } from '../treeSitter/CodeParser';
import { Binders } from './Binders';
import { TableSpec } from './matchSpec';
import { ScalaFile } from './ScalaFile';
import { StringRoot } from './stringRoots';
import { TableUse } from './TableUse';

/** How a read of the table has to change. */
export type ReadChange =
  /** The table's name changes, with keys of rows here and there. */
  | 'name'
  /** The whole argument becomes a query. */
  | 'query'
  | 'refused';

/** A read of the table that became a query. */
export interface ReadQuery {
  use: TableUse;
  /** The query, as it is written. */
  literal: string;
  /** It has no holes. */
  isFixed: boolean;
}

/** What is collected about one Scala file before it is decided whether it is edited. */
export class ScalaPlan {
  readonly edits: Edit[] = [];
  readonly statements: RewrittenStatement[] = [];
  readonly uses: DatasetUse[] = [];
  readonly findings: Finding[] = [];
  /** SQL as it must be read from the edited file. */
  readonly expected: string[] = [];
  /** Stretches whose mentions of the dataset are accounted for. */
  readonly handled: Array<{ start: number; end: number }> = [];
  /** Comments that mark what the owner changes by hand, by the offset of the use. */
  readonly comments: Array<{ at: number; text: string }> = [];
  /** Constants whose text has to change, by their definition. */
  readonly constants = new Map<
    CodeNode,
    { value: string; replacement: string }
  >();
  /** Constants that name the table, and that nothing in the file reads. */
  readonly dormant: Array<{ root: StringRoot; spec: TableSpec }> = [];
  /** Names of constants in strings that were rewritten with them. */
  readonly interpolated = new Set<number>();

  /** Reads of the table that became a query. */
  readonly queries: ReadQuery[] = [];
  /** What became of each read of the table. */
  readonly reads: ReadChange[] = [];
  /** Other files, which are changed with this one or not at all. */
  readonly users: FileResult[] = [];

  constructor(readonly file: ScalaFile, readonly binders: Binders) {}

  refuse(
    reason: string,
    node: { start: number; end: number },
    detail?: string,
  ) {
    const { path, text } = this.file;
    const place = placeAt(path, text, node.start, node.end);
    this.findings.push(findingFor(reason, place, detail));
    this.handled.push(node);
    const known = this.uses.some(
      use => use.place.line === place.line && use.place.column === place.column,
    );
    if (!known) {
      this.use(node, 'person');
    }
  }

  use(
    node: { start: number; end: number },
    route: DatasetUse['route'],
    field?: string,
  ) {
    const { path, text } = this.file;
    this.uses.push({
      place: placeAt(path, text, node.start, node.end),
      context: field === undefined ? 'table' : 'projection',
      route,
      snippet: text.slice(node.start, Math.min(node.end, node.start + 200)),
      ...(field !== undefined && { field }),
    });
  }

  edit(start: number, end: number, text: string) {
    const same = this.edits.some(
      edit => edit.start === start && edit.end === end && edit.text === text,
    );
    if (!same) {
      this.edits.push({ start, end, text, owner: start });
    }
  }

  get refused(): boolean {
    return this.findings.some(({ route }) => route !== 'codemod');
  }
}
