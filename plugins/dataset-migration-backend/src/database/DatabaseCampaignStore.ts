import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { campaignCodec } from './codecs';
import { readPage } from './operations/readPage';
import { CampaignRecord } from './records';
import { CampaignStore, Page, PageRequest } from './stores';

/** Fleet-wide sets of migrations. */
export class DatabaseCampaignStore implements CampaignStore {
  readonly #knex: Knex;
  readonly #now: () => number;

  constructor(knex: Knex, now: () => number) {
    this.#knex = knex;
    this.#now = now;
  }

  async create(campaign: CampaignRecord): Promise<void> {
    await this.#knex('campaigns').insert(campaignCodec.toRow(campaign));
  }

  async get(id: string): Promise<CampaignRecord> {
    const row = await this.#knex('campaigns').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no campaign ${id}.`);
    }
    return campaignCodec.fromRow(row);
  }

  async list(page: PageRequest): Promise<Page<CampaignRecord>> {
    return readPage(
      this.#knex('campaigns'),
      { column: 'created_at', id: 'id', direction: 'desc' },
      page,
      row => campaignCodec.fromRow(row),
    );
  }

  async changeState(
    id: string,
    expectedState: string,
    next: { state: string; outcome?: string },
  ): Promise<boolean> {
    const changed = await this.#knex('campaigns')
      .where({ id, state: expectedState })
      .update({
        state: next.state,
        outcome: next.outcome ?? null,
        updated_at: this.#now(),
      });
    return changed === 1;
  }
}
