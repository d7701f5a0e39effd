/** Values of the annotation `dataset-migration/criticality`, least first. */
export const CRITICALITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** What order and waves need to know of a target. */
export interface RolloutTarget {
  /** Unique within what is ordered. */
  id: string;
  /** Absent where nobody said: such a target goes with the `medium` ones, never into the canary before a `low` one. */
  criticality?: Criticality;
}

/**
 * One step of the lineage graph: `reader` reads what `producer` writes, so
 * `producer` goes first. Ends that are no targets are allowed, and carry the
 * order through: lineage knows more than a migration has targets. A
 * `repository` target goes before those that share its files by such an edge.
 */
export interface LineageEdge {
  producer: string;
  reader: string;
}

/** The annotation's value, or undefined where it is none of the known ones. */
export function parseCriticality(
  text: string | undefined,
): Criticality | undefined {
  return CRITICALITIES.find(known => known === text?.trim().toLowerCase());
}
