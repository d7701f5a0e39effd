import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import type { CatalogServerInput } from './catalogServer';
import { CatalogAddress } from './createCatalogClient';
import { forkScript } from './forkScript';

/** A Backstage catalog in a process of its own. */
export interface StartedCatalog {
  address: CatalogAddress;
  stop(): Promise<void>;
}

/** Starts a catalog on a free port of this machine; its entities arrive afterwards. */
export async function startCatalog(
  options: Pick<CatalogServerInput, 'database' | 'consumers'>,
): Promise<StartedCatalog> {
  const port = await findFreePort();
  const token = randomBytes(24).toString('hex');
  const server = forkScript('catalogServer.ts', { ...options, port, token });
  try {
    await server.answer;
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    address: { baseUrl: `http://127.0.0.1:${port}`, token },
    stop: server.stop,
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
