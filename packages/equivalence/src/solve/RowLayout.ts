import { GeneratedColumn } from '../generate/generateRows';
import { BedTable } from '../prove/TestBed';
import { ConditionSystem, Instance } from './ConditionSystem';
import { JoinClasses } from './joinClasses';

/** Where the classes of a system stand in the rows of its tables. */
export class RowLayout {
  readonly system: ConditionSystem;
  readonly classOf: number[];
  readonly instances: Instance[];
  readonly columns: GeneratedColumn[][];
  /** Variables by instance and column. */
  readonly variables: number[][][];
  /** Classes that several instances have: join keys. */
  readonly shared = new Set<number>();
  readonly allowed = new Map<number, string[]>();
  /** Instances with a unique column that others join: a key of its own for each row. */
  readonly uniqueKeys = new Set<number>();
  /** Which of the grouping classes a class is, from 0. */
  readonly grouping = new Map<number, number>();
  readonly ordering = new Set<number>();

  constructor(
    system: ConditionSystem,
    classes: JoinClasses,
    tables: BedTable[],
  ) {
    this.classOf = classes.classOf;
    this.system = system;
    this.instances = system.instances;
    this.columns = system.instances.map(({ table }) => {
      const own = tables.find(item => item.local === table);
      return [...(own?.columns ?? []), ...(own?.hidden ?? [])];
    });
    this.variables = this.columns.map(columns => columns.map(() => []));
    const owners = new Map<number, Set<number>>();
    for (const [index, variable] of system.variables.entries()) {
      const { instance, column, path } = variable;
      const own = classes.classOf[index];
      this.variables[instance][column].push(index);
      owners.set(own, (owners.get(own) ?? new Set()).add(instance));
      const { allowed } = this.columns[instance][column];
      if (allowed && path.length === 0) this.allowed.set(own, allowed);
    }
    for (const [own, found] of owners) {
      if (found.size > 1) this.shared.add(own);
    }
    for (const [index, { instance, column }] of system.variables.entries()) {
      const unique = this.columns[instance][column].unique;
      if (unique && this.shared.has(classes.classOf[index])) {
        this.uniqueKeys.add(instance);
      }
    }
    for (const variable of system.ordering) {
      this.ordering.add(classes.classOf[variable]);
    }
    for (const variable of system.grouping) {
      const own = classes.classOf[variable];
      if (!this.grouping.has(own)) {
        this.grouping.set(own, this.grouping.size);
      }
    }
  }
}

/** Which group of its level a row belongs to: every second level has groups of groups. */
export function groupAt(level: number, group: number): number {
  return level % 2 === 0 || group >= 10 ? group : group >> 1;
}
