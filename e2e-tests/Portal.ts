import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, Page } from '@playwright/test';

const SHOTS = path.resolve(__dirname, '../test-results/screenshots');

/** The portal as a person uses it. */
export class Portal {
  readonly page: Page;
  readonly #story: string;
  #shots = 0;

  /** `story` begins the names of its screenshots. */
  constructor(page: Page, story: string) {
    this.page = page;
    this.#story = story;
    mkdirSync(SHOTS, { recursive: true });
  }

  /** Keeps what the person sees now, for people to look at after the run. */
  async shoot(name: string): Promise<void> {
    this.#shots += 1;
    const number = String(this.#shots).padStart(2, '0');
    await this.page.screenshot({
      path: path.join(SHOTS, `${this.#story}-${number}-${name}.png`),
    });
  }

  /** Signs in through the choice; in a fresh browser or after leaving as someone else. */
  async signIn(who: 'Erin' | 'Olu' | 'Ada'): Promise<void> {
    await this.page.goto('/');
    await this.page.evaluate(() => window.sessionStorage.clear());
    await this.page.goto('/');
    // The demo's catalog fills in the first seconds; until then its users cannot sign in.
    await expect(async () => {
      const response = await this.page.request.get(
        '/api/auth/demo-admin/refresh?env=development',
        { headers: { 'x-requested-with': 'XMLHttpRequest' } },
      );
      expect(response.ok()).toBe(true);
    }).toPass({ timeout: 120_000 });
    await this.page.getByRole('button', { name: `Sign in as ${who}` }).click();
    await expect(
      this.page.getByRole('link', { name: 'Settings' }).first(),
    ).toBeVisible();
  }

  async openMigration(dataset: string, view?: string): Promise<void> {
    const address = `/catalog/default/resource/${dataset}/migration`;
    // The catalog may not know the dataset in the first seconds of the portal.
    await expect(async () => {
      await this.page.goto(view ? `${address}?view=${view}` : address);
      await expect(
        this.page
          .getByRole('tab', { name: /^Consumers/ })
          .or(this.page.getByRole('button', { name: /Find consumers|plan/ }))
          .first(),
      ).toBeVisible({ timeout: 15_000 });
    }).toPass({ timeout: 120_000 });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  /** Presses a button, reads the numbers in its dialog, and confirms. */
  async confirm(name: string | RegExp, says: RegExp): Promise<void> {
    await this.button(name).click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toContainText(says);
    await this.shoot('confirm');
    await dialog.getByRole('button', { name }).click();
    await expect(dialog).toBeHidden();
  }

  /** Presses a button of a campaign, reads what it would do, and confirms. */
  async confirmCampaign(
    action: string,
    says: RegExp,
    why?: string,
  ): Promise<void> {
    await this.button(`${action}…`).click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toContainText(says);
    if (why) await dialog.getByLabel(/^Why/).fill(why);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  row(consumer: string) {
    return this.page.getByRole('row', { name: new RegExp(consumer) });
  }
}
