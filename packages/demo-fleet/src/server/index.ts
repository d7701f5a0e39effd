export { startForge } from './startForge';
export type { Forge } from './Forge';
export type {
  CreateRepositoryOptions,
  ForgeOptions,
  ForgeRepository,
  ForgeUserOptions,
  ProtectedBranch,
} from './ForgeOptions';
