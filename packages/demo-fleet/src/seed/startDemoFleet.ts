import { rm } from 'node:fs/promises';
import { startForge } from '../server';
import type { Forge, ForgeUserOptions } from '../server';
import type { ForgeLimitOptions } from '../limits/ForgeLimits';
import { seedFleet } from './seedFleet';
import type { SeededFleet } from './seedFleet';

/** Port that the portal's configuration expects the simulated GitHub on. */
export const DEMO_FLEET_PORT = 7080;

export interface DemoFleetOptions {
  /** Where repositories and journal are kept between starts. */
  rootDir: string;
  /** {@link DEMO_FLEET_PORT} by default; 0 takes a free one. */
  port?: number;
  /** Throws away what is in `rootDir` first. */
  reset?: boolean;
  /** Token of the portal's robot. */
  token?: string;
  /** Token of the person who reviews and merges. */
  reviewerToken?: string;
  /** Where events go. */
  webhook?: { url: string; secret: string };
  limits?: Partial<ForgeLimitOptions>;
}

/** A running forge with the fleet in it. */
export interface DemoFleet {
  forge: Forge;
  seeded: SeededFleet;
}

/** GitHub's figures with short windows, so that a tour sees a limit end. */
export const SHORT_LIMITS: Partial<ForgeLimitOptions> = {
  minuteMs: 6_000,
  hourMs: 60_000,
};

const PEOPLE: ForgeUserOptions[] = [
  { login: 'nia-park', name: 'Nia Park' },
  { login: 'lena-fischer', name: 'Lena Fischer' },
  { login: 'yuki-mori', name: 'Yuki Mori' },
  { login: 'priya-nair', name: 'Priya Nair' },
  { login: 'marco-bianchi', name: 'Marco Bianchi' },
];

const TEAMS = [
  'data-platform',
  'growth',
  'payments',
  'experience',
  'insights',
  'ads',
];

/** Starts the simulated GitHub of the demo and fills it. */
export async function startDemoFleet(
  options: DemoFleetOptions,
): Promise<DemoFleet> {
  if (options.reset) {
    await rm(options.rootDir, { recursive: true, force: true });
  }
  const forge = await startForge({
    rootDir: options.rootDir,
    port: options.port ?? DEMO_FLEET_PORT,
    organization: 'demo',
    teams: TEAMS,
    users: [
      {
        login: 'demo-backstage',
        name: 'Backstage',
        token: options.token ?? 'demo-backstage-token',
      },
      {
        login: 'demo-reviewer',
        name: 'Demo reviewer',
        token: options.reviewerToken ?? 'demo-reviewer-token',
      },
      ...PEOPLE,
    ],
    webUser: 'demo-reviewer',
    webhook: options.webhook ?? {
      url: 'http://127.0.0.1:7007/api/events/http/github',
      secret: 'demo-webhook-secret',
    },
    limits: options.limits,
  });
  try {
    return { forge, seeded: await seedFleet(forge) };
  } catch (error) {
    await forge.close();
    throw error;
  }
}
