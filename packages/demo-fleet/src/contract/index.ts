export { GithubContract } from './GithubContract';
export type { ContractViolation } from './GithubContract';
