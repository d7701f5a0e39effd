export { GithubForge } from './GithubForge';
export { GithubCodeSearch } from './GithubCodeSearch';
export { ForgeError, isForgeError } from './ForgeFailure';
export type { ForgeFailure, ForgeFailureSignature } from './ForgeFailure';
