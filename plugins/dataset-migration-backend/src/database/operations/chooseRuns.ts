import { Knex } from 'knex';
import { LeaseOptions } from '../stores';

const ACTIVE = ['leased', 'running'];

/** What goes first within a migration; taking back goes before everything, everywhere. */
const KINDS = ['rollback', 'publish', 'verify', 'simulate', 'rescan'];

/**
 * Ids of queued runs whose turn it is, in order. Migrations take turns, and within a migration the
 * owners: those with much under way already come later, so that a large one does not keep the
 * others from their first result. What is over the limit of its repository or owner waits.
 */
export async function chooseRuns(
  knex: Knex,
  options: Omit<LeaseOptions, 'leaseMs' | 'concurrency'> & { now: number },
): Promise<string[]> {
  const { perRepository, perOwner } = options;
  const order = 'kind_order, available_at, id';
  const queue = knex
    .with('waiting', waitingRuns(knex, options))
    .with('active', activeRuns(knex))
    .with(
      'by_owner',
      knex('waiting').select(
        '*',
        knex.raw(
          `row_number() over (partition by migration_id, owner order by ${order}) as owner_turn`,
        ),
      ),
    )
    .with('turns', turns(knex, order))
    .from('turns')
    .orderByRaw(
      'case when kind_order = 0 then 0 else 1 end, turn, available_at, id',
    )
    .limit(options.limit);
  if (perRepository !== undefined) {
    queue.where(within =>
      within
        .whereNull('repository')
        .orWhere('of_repository', '<=', perRepository),
    );
  }
  if (perOwner !== undefined) {
    queue.where(within =>
      within.whereNull('owner').orWhere('of_owner', '<=', perOwner),
    );
  }
  return queue.pluck<string[]>('id');
}

/** The place of each among those that wait, behind all of the same group that are under way. */
function turns(knex: Knex, order: string): Knex.QueryBuilder {
  const query = knex('by_owner').select('by_owner.*');
  const groups = [
    ['migration_id', 'turn', 'kind_order, owner_turn, available_at, id'],
    ['repository', 'of_repository', order],
    ['owner', 'of_owner', order],
  ];
  for (const [group, name, by] of groups) {
    query
      .leftJoin(
        knex('active')
          .groupBy(group)
          .select(`${group} as ${name}_group`)
          .count({ [`${name}_active`]: '*' })
          .as(`${name}_counts`),
        `${name}_group`,
        `by_owner.${group}`,
      )
      .select(
        knex.raw(
          `row_number() over (partition by by_owner.${group} order by ${by}) + coalesce(${name}_active, 0) as ${name}`,
        ),
      );
  }
  return query;
}

function activeRuns(knex: Knex): Knex.QueryBuilder {
  return knex('runs')
    .join('targets', 'targets.id', 'runs.target_id')
    .whereIn('runs.state', ACTIVE)
    .select('runs.migration_id', 'targets.owner')
    .select(knex.raw('lower(targets.repository) as repository'));
}

function waitingRuns(
  knex: Knex,
  {
    heldIdentities = [],
    now,
  }: Pick<LeaseOptions, 'heldIdentities'> & { now: number },
): Knex.QueryBuilder {
  const query = knex('runs')
    .join('targets', 'targets.id', 'runs.target_id')
    .where('runs.state', 'queued')
    .where('runs.available_at', '<=', now)
    .whereNotExists(
      knex('runs as others')
        .whereRaw('?? = ??', ['others.target_id', 'runs.target_id'])
        .whereIn('others.state', ACTIVE)
        .select(knex.raw('1')),
    )
    .select(
      'runs.id',
      'runs.migration_id',
      'runs.available_at',
      'targets.owner',
    )
    .select(knex.raw('lower(targets.repository) as repository'))
    .select(
      knex.raw(
        `case runs.kind ${KINDS.map(
          () => 'when ? then cast(? as integer)',
        ).join(' ')} else cast(? as integer) end as kind_order`,
        [...KINDS.flatMap((kind, place) => [kind, place]), KINDS.length],
      ),
    );
  for (const identity of heldIdentities) {
    query.whereNot(writing =>
      writing
        .whereIn('runs.kind', ['publish', 'rollback'])
        .whereRaw("lower(targets.repository) like ? escape '\\'", [
          `${identity.replace(/[\\%_]/g, '\\$&')}/%`,
        ]),
    );
  }
  return query;
}
