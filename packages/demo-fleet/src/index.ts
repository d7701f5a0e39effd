export * from './server';
export * from './contract';
export type { ForgeLogEntry, ForgeLogKind } from './log/ForgeLogEntry';
export { GITHUB_LIMITS } from './limits/ForgeLimits';
export type { ForgeLimitOptions } from './limits/ForgeLimits';
export { RateLimiter } from './limits/RateLimiter';
