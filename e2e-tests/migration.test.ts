import { expect, test } from '@playwright/test';
import { Portal } from './Portal';

const DATASET = 'orders-v1';

test('a person migrates a dataset and takes it back', async ({ page }) => {
  const portal = new Portal(page);

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
    /^Publish 3/,
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
  const portal = new Portal(page);
  await portal.signIn('Ada');
  await page.goto('/dataset-migration');
  await expect(page.getByRole('tab', { name: /Campaigns/ })).toBeVisible();
  await page.getByRole('tab', { name: /Campaigns/ }).click();
  await portal.shoot('campaigns');
  await expect(portal.button(/New campaign/).first()).toBeEnabled();

  await portal.signIn('Erin');
  await page.goto('/dataset-migration');
  await page.getByRole('tab', { name: /Campaigns/ }).click();
  await expect(portal.button(/New campaign/).first()).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

test('a broken plan is shown at its lines', async ({ page }) => {
  const portal = new Portal(page);
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
