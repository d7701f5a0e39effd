import { MacroUse } from '../mask/macroUses';
import { ResolveContext } from './ResolveContext';
import { CommonTables, Relation, Scope } from './Scope';

/** A macro that stands for a whole query may read any common table expression. */
export function noteMacroQuery(tables: CommonTables): void {
  for (const { demand } of tables.values()) {
    demand.needAll();
  }
}

/**
 * Notes what the macros of a select may name. The text that a macro prints is not
 * edited, so a read that it may name a field of keeps its old names.
 */
export function noteMacros(
  context: ResolveContext,
  macros: readonly MacroUse[],
  scope: Scope,
  tables: CommonTables,
): void {
  for (const macro of macros) {
    for (const [name, { demand }] of tables) {
      // It may print a subquery, or a table's name.
      if (
        macro.words.has(name) ||
        (macro.opaque && scope.relations.length === 0)
      ) {
        demand.needAll();
      }
    }
    if (scope.relations.length === 0 && !scope.parent) {
      noteMacroQuery(tables);
    }
    if (macro.opaque) {
      for (
        let current: Scope | undefined = scope;
        current;
        current = current.parent
      ) {
        current.relations.forEach(noteAll);
      }
      continue;
    }
    for (const word of macro.words) {
      noteWord(context, macro, word, scope);
    }
  }
}

function noteAll({ read, demand }: Relation) {
  demand?.needAll();
  if (read) {
    read.derive.add('JINJA_MACRO_OPAQUE');
    read.full = true;
  }
}

function noteWord(
  { changedFields, newFields, oldFields }: ResolveContext,
  macro: MacroUse,
  word: string,
  scope: Scope,
) {
  for (
    let current: Scope | undefined = scope;
    current;
    current = current.parent
  ) {
    for (const relation of current.relations) {
      const { read, demand, columns, name } = relation;
      if (name === word && macro.alone.has(word)) {
        noteAll(relation);
      }
      if (!columns || columns.includes(word)) {
        demand?.need(word, macro);
      }
      if (read && oldFields.includes(word)) {
        read.possible.add(word);
      }
      if (read && changedFields.has(word)) {
        read.derive.add('JINJA_FIELD_IN_MACRO');
      } else if (read && newFields.has(word)) {
        read.derive.add('NAME_CAPTURED_BY_NEW_FIELD');
      }
    }
  }
}
