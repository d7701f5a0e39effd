import { TargetRecord } from '../database/records';
import { repositoryKey } from '../domain/repositoryKey';

/** The targets of one discovery, by what sources may know them under. */
export class FoundTargets {
  readonly all: TargetRecord[] = [];
  readonly #byConsumer = new Map<string, TargetRecord[]>();
  readonly #byRepository = new Map<string, TargetRecord[]>();

  add(target: TargetRecord): void {
    this.all.push(target);
    append(this.#byConsumer, target.consumer, target);
    append(this.#byRepository, repositoryKey(target.repository), target);
  }

  /** Notes that a source knows them too; false when nobody knew them before. */
  confirm(
    source: string,
    known: { consumer?: string; repository?: string },
  ): boolean {
    const targets = known.consumer
      ? this.#byConsumer.get(known.consumer)
      : this.#byRepository.get(repositoryKey(known.repository ?? ''));
    for (const target of targets ?? []) {
      if (!target.discoveredBy.includes(source)) {
        target.discoveredBy.push(source);
      }
    }
    return targets !== undefined;
  }
}

function append(
  map: Map<string, TargetRecord[]>,
  key: string | undefined,
  target: TargetRecord,
): void {
  if (key) map.set(key, [...(map.get(key) ?? []), target]);
}
