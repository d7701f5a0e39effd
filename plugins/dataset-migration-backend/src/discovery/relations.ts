import { InputError } from '@backstage/errors';

/**
 * A relation to walk from a dataset to its consumers, by the names it has on both sides:
 * `dependsOn` on the consumer is `dependencyOf` on the dataset.
 */
export interface WalkedRelation {
  onConsumer: string;
  onDataset: string;
}

/** Pairs of the Backstage catalog model, consumer's side first. */
const PAIRS: ReadonlyArray<readonly [string, string]> = [
  ['dependsOn', 'dependencyOf'],
  ['consumesApi', 'apiConsumedBy'],
  ['partOf', 'hasPart'],
  ['providesApi', 'apiProvidedBy'],
];

/** Relations walked when neither plan nor configuration says otherwise. */
export const DEFAULT_RELATIONS = ['dependsOn', 'consumesApi'];

/** A relation from the configuration, for types that the catalog model does not know. */
export interface RelationConfig {
  type: string;
  /** `to-dataset`: the consumer carries it; `from-dataset`: the dataset does. */
  direction: 'to-dataset' | 'from-dataset';
  /** Its name on the other side. */
  inverse: string;
}

/**
 * Turns the names in a plan into relations with a direction: `dependsOn` and
 * `dependencyOf` mean the same walk.
 *
 * @throws InputError for a type whose direction nobody has configured.
 */
export function resolveRelations(
  names: string[],
  configured: RelationConfig[],
): WalkedRelation[] {
  const resolved = new Map<string, WalkedRelation>();
  for (const name of names) {
    const relation = resolveRelation(name, configured);
    resolved.set(relation.onConsumer, relation);
  }
  return [...resolved.values()];
}

function resolveRelation(
  name: string,
  configured: RelationConfig[],
): WalkedRelation {
  const own = configured.find(each => [each.type, each.inverse].includes(name));
  if (own) {
    return own.direction === 'to-dataset'
      ? { onConsumer: own.type, onDataset: own.inverse }
      : { onConsumer: own.inverse, onDataset: own.type };
  }
  const pair = PAIRS.find(each => each.includes(name));
  if (!pair) {
    throw new InputError(
      `The relation "${name}" has no known direction. Describe it under datasetMigration.discovery.relations.`,
    );
  }
  return { onConsumer: pair[0], onDataset: pair[1] };
}
