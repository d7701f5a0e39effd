export { GitProcess } from './GitProcess';
export { GitError } from './GitError';
export { RepositoryCache } from './RepositoryCache';
export { SourcePack } from './SourcePack';
