import { expect, Locator, test } from '@playwright/test';
import { Portal } from './Portal';

const DATASET = 'orders-v1';

test('a person migrates a dataset and takes it back', async ({ page }) => {
  const portal = new Portal(page, 'migration');

  await portal.signIn('Erin');
  await portal.openMigration(DATASET);
  await portal.shoot('dataset');
  const begin = portal.button("Start from the dataset's plan");
  const find = portal.button('Find consumers');
  await expect(begin.or(find)).toBeVisible();
  if (await begin.isVisible()) await begin.click();
  await portal.confirm('Find consumers', /every consumer of the dataset/);
  await portal.confirm(/^Simulate 3/, /3 consumers in 3 repositories/);
  await portal.shoot('simulating');
  await expect(portal.button(/^Review 3/)).toBeVisible({ timeout: 240_000 });
  await portal.shoot('simulated');

  await portal
    .row('ads-orders-export')
    .getByText('ads-orders-export', { exact: true })
    .first()
    .click();
  const target = page.getByRole('dialog', { name: 'Target' });
  await expect(target).toContainText('orders_v2');
  await portal.shoot('diff');
  await target.getByRole('tab', { name: 'Evidence' }).click();
  await expect(target).toContainText(/equivalent/);
  await portal.shoot('evidence');
  // Whoever started it may not approve it, and is told who may.
  await expect(
    target.getByRole('button', { name: 'Approve', exact: true }),
  ).toHaveAttribute('aria-disabled', 'true');

  await portal.signIn('Olu');
  await portal.openMigration(DATASET, 'review');
  await portal.shoot('review');
  await portal.button(/^Approve 3 proved/).click();
  const approve = page.getByRole('dialog');
  await approve.getByRole('button', { name: 'Approve 3' }).click();
  await expect(approve).toContainText('3 approved, 0 refused');
  await portal.shoot('approved');
  await approve.getByRole('button', { name: 'Close' }).click();

  await portal.signIn('Erin');
  await portal.openMigration(DATASET);
  await portal.confirm(
    /^Publish wave 1/,
    /Opens 3 pull requests in 3 repositories of .* none is merged/,
  );
  const row = portal.row('ads-orders-export').first();
  const link = row.getByRole('link', { name: /^Pull request/ });
  await expect(link).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('link', { name: /^Pull request/ })).toHaveCount(
    3,
    { timeout: 120_000 },
  );
  await portal.shoot('open');

  const forge = await page.context().newPage();
  await forge.goto((await link.getAttribute('href')) ?? '');
  await expect(forge.locator('body')).toContainText('orders_v2');
  await forge.screenshot({ path: 'test-results/screenshots/forge.png' });
  await forge.getByRole('button', { name: 'Merge pull request' }).click();
  await expect(forge.locator('body')).toContainText(/merged/i);
  await forge.close();

  await expect(row).toContainText('migrated', { timeout: 180_000 });
  await portal.shoot('migrated');

  await portal.button('More actions on this migration').click();
  await page.getByRole('menuitem', { name: 'Roll back everything' }).click();
  const rollBack = page.getByRole('dialog');
  await expect(rollBack).toContainText(
    /Closes 2 open pull requests .* opens 1 reverse pull request/,
  );
  await rollBack.getByLabel(/^Why/).fill('The numbers of the report are off.');
  await rollBack.getByRole('button', { name: 'Roll back everything' }).click();
  await expect(rollBack).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: /rolled back/ })).toHaveCount(2, {
    timeout: 180_000,
  });
  await expect(row).toContainText(/rollback proposed/i, { timeout: 180_000 });
  await portal.shoot('rollback-proposed');

  // The reverse change is a pull request like any other: its owner merges it.
  const reverse = row.getByRole('link', {
    name: /^Reverse pull request|^Pull request/,
  });
  const reverseForge = await page.context().newPage();
  await reverseForge.goto((await reverse.last().getAttribute('href')) ?? '');
  await reverseForge
    .getByRole('button', { name: 'Merge pull request' })
    .click();
  await expect(reverseForge.locator('body')).toContainText(/merged/i);
  await reverseForge.close();
  await expect(page.getByRole('row', { name: /rolled back/ })).toHaveCount(3, {
    timeout: 180_000,
  });
  await portal.shoot('rolled-back');
});

test('an admin runs a campaign, an engineer may not', async ({ page }) => {
  const portal = new Portal(page, 'campaign');
  await portal.signIn('Ada');
  await page.goto('/dataset-migration?view=campaigns');
  await portal.button('New campaign…').click();

  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Title/).fill('Lake to version 2');
  await expect(dialog.getByLabel(/^Name/)).toHaveValue('lake-to-version-2');
  await dialog.getByLabel('Find datasets').fill('v1');
  await choose(dialog, 'user-activity-v1');
  // What is chosen stays chosen when the filter shows something else.
  await dialog.getByLabel('Find datasets').fill('page-views');
  await choose(dialog, 'page-views-v1');
  await expect(dialog).toContainText('2 chosen');
  await portal.shoot('choose');
  await dialog.getByRole('button', { name: 'Make a draft with 2' }).click();

  await expect(
    page.getByRole('heading', { name: 'Lake to version 2' }),
  ).toBeVisible();
  await portal.shoot('draft');
  await portal.confirmCampaign('Launch', /whose plan is valid/);
  const consumers = page.getByRole('region', {
    name: /^Consumers: User activity/,
  });
  const rows = consumers.getByRole('row');
  // All 37 and the head of the table.
  await expect(rows).toHaveCount(38, { timeout: 120_000 });
  await expect(page.getByText(/page-views-v1: Its plan has/)).toBeVisible();
  // The first results come in without anybody reloading the page.
  await expect(rows.filter({ hasText: 'equivalent' })).not.toHaveCount(0, {
    timeout: 120_000,
  });
  await portal.shoot('running');

  await portal.confirmCampaign('Pause', /what runs may finish/);
  await expect(portal.button('Resume…')).toBeVisible();
  await expect(portal.button('Pause…')).toHaveCount(0);
  await expect(
    page.getByRole('table', { name: 'Migrations' }).getByRole('row', {
      name: /User activity/,
    }),
  ).toContainText('paused');
  await portal.shoot('paused');

  await portal.confirmCampaign('Resume', /go on where they were/);
  await expect(portal.button('Pause…')).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Migrations' }).getByRole('row', {
      name: /User activity/,
    }),
  ).toContainText('active');
  await portal.shoot('resumed');

  await portal.confirmCampaign(
    'Cancel',
    /what is not published ends/,
    'The lake moves next year.',
  );
  await expect(portal.button('Pause…')).toHaveCount(0);
  await expect(portal.button('Resume…')).toHaveCount(0);
  await expect(rows).toHaveCount(38);
  await expect(
    rows.filter({ hasText: /cancelled|not affected|handed over|failed/ }),
  ).toHaveCount(37, { timeout: 60_000 });
  await portal.shoot('cancelled');

  await portal.signIn('Erin');
  await page.goto('/dataset-migration?view=campaigns');
  await expect(portal.button('New campaign…')).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await page.getByRole('link', { name: 'Lake to version 2' }).click();
  await expect(rows).toHaveCount(38);
});

/** Ticks a dataset in the list of those that match the filter. */
async function choose(dialog: Locator, dataset: string): Promise<void> {
  await dialog
    .getByRole('checkbox', { name: `Choose resource:default/${dataset}` })
    .check();
}

test('a broken plan is shown at its lines', async ({ page }) => {
  const portal = new Portal(page, 'plan');
  await portal.signIn('Erin');
  await portal.openMigration('page-views-v1');
  const begin = portal.button("Start from the dataset's plan");
  if (await begin.isVisible()) await begin.click();
  await expect(page.getByText(/line 18|Line 18|18/).first()).toBeVisible();
  await expect(portal.button('Find consumers')).toHaveAttribute(
    'aria-description',
    /Correct the errors of the plan/,
  );
  await portal.shoot('broken-plan');
});
