/** One commit that the seed makes. */
export interface FleetCommit {
  /** `Name <mail>`, for author and committer. */
  author: string;
  /** ISO 8601, UTC. */
  date: string;
  message: string;
  /** Bytes by path inside the repository; a path that an earlier commit wrote is replaced. */
  files: Map<string, Buffer>;
}

/** A repository of the demo fleet, as the seed writes it. */
export interface FleetRepository {
  name: string;
  description: string;
  /** Archived once its history is in. */
  archived: boolean;
  /** Commits of `main`, oldest first; none for an empty repository. */
  commits: FleetCommit[];
  /** Commits on top of the last one of `main`, by branch name. */
  branches: Map<string, FleetCommit[]>;
}
