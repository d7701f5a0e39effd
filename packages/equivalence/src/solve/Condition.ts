/** A condition's truth in SQL; undefined is NULL. */
export type Truth = boolean | undefined;

/** A condition over atoms, which are comparisons without AND, OR and NOT. */
export type Condition =
  | { kind: 'atom'; atom: number }
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  /** Cannot be decided from rows alone, such as one on a row number. */
  | { kind: 'unknown' };

/** SQL's three-valued logic; what is unknown is hoped to be true. */
export function evaluate(
  condition: Condition,
  truthOf: (atom: number) => Truth,
): Truth {
  switch (condition.kind) {
    case 'atom':
      return truthOf(condition.atom);
    case 'not': {
      if (condition.part.kind === 'unknown') return true;
      const part = evaluate(condition.part, truthOf);
      return part === undefined ? undefined : !part;
    }
    case 'and':
    case 'or': {
      const decisive = condition.kind === 'or';
      let result: Truth = !decisive;
      for (const part of condition.parts) {
        const truth = evaluate(part, truthOf);
        if (truth === decisive) return decisive;
        if (truth === undefined) result = undefined;
      }
      return result;
    }
    default:
      return true;
  }
}

export function atomsOf(condition: Condition): number[] {
  switch (condition.kind) {
    case 'atom':
      return [condition.atom];
    case 'not':
      return atomsOf(condition.part);
    case 'and':
    case 'or':
      return condition.parts.flatMap(atomsOf);
    default:
      return [];
  }
}

/** Atoms below an OR, with the others of that OR: each should decide alone once. */
export function alternativesIn(
  condition: Condition,
): Array<{ atom: number; others: number[] }> {
  switch (condition.kind) {
    case 'not':
      return alternativesIn(condition.part);
    case 'and':
      return condition.parts.flatMap(alternativesIn);
    case 'or': {
      const lists = condition.parts.map(atomsOf);
      return lists.flatMap((list, index) =>
        list.map(atom => ({
          atom,
          others: lists.filter((_, other) => other !== index).flat(),
        })),
      );
    }
    default:
      return [];
  }
}
