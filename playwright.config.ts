import path from 'node:path';
import { defineConfig } from '@playwright/test';

const PORT = Number(process.env.E2E_PORT ?? 7107);

/** The whole job in a real browser, against a portal and a forge of its own. */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: 'test-results/browser',
  timeout: 8 * 60_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
  webServer: {
    command: `node ${path.join(__dirname, 'scripts/start-e2e.mjs')}`,
    url: `http://localhost:${PORT}/.backstage/health/v1/readiness`,
    timeout: 10 * 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    env: { E2E_PORT: String(PORT) },
  },
});
