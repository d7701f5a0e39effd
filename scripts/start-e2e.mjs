/** The portal that the browser tests use: fresh state, ports of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPortal } from './portal.mjs';

const port = Number(process.env.E2E_PORT ?? 7107);
const state = mkdtempSync(path.join(tmpdir(), 'dataset-migration-e2e-'));
const portal = await startPortal({ state, port, forgePort: port + 1 });
const stop = () => {
  portal.stop();
  setTimeout(() => {
    rmSync(state, { recursive: true, force: true });
    process.exit(0);
  }, 2000);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
