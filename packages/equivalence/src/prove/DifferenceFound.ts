import { EquivalenceCase } from 'backstage-plugin-dataset-migration-common';

/** Thrown when old and new differ, with the smallest example found. */
export class DifferenceFound extends Error {
  name = 'DifferenceFound';

  constructor(
    difference: string,
    readonly inputRows: Record<string, number>,
    readonly outputRows: number,
    readonly counterexample: EquivalenceCase['counterexample'],
  ) {
    super(difference);
  }
}
