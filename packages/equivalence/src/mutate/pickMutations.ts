import { Random } from '../generate/Random';
import { Mutation, MUTATION_KINDS } from './Mutation';

/** At most `limit` mutations, of as many kinds as possible. */
export function pickMutations(
  all: Mutation[],
  limit: number,
  random: Random,
): Mutation[] {
  const queues = MUTATION_KINDS.map(kind =>
    random.shuffle(all.filter(mutation => mutation.kind === kind)),
  );
  const picked: Mutation[] = [];
  while (picked.length < limit && queues.some(queue => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.pop();
      if (next && picked.length < limit) picked.push(next);
    }
  }
  return picked;
}
