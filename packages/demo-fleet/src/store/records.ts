/** What the forge remembers besides git. Times are ISO 8601 UTC. */
export interface ForgeRecord {
  readonly id: number;
}

export interface RepositoryRecord extends ForgeRecord {
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly readOnly: boolean;
  readonly defaultBranch: string;
  readonly protectedBranches: readonly {
    readonly name: string;
    readonly requiredApprovals: number;
    readonly requiredChecks: readonly string[];
  }[];
  readonly topics: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly pushedAt: string;
}

export interface PullRecord extends ForgeRecord {
  readonly repositoryId: number;
  readonly number: number;
  readonly title: string;
  readonly body?: string;
  readonly draft: boolean;
  readonly state: 'open' | 'closed';
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly user: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string;
  readonly mergedAt?: string;
  readonly mergedBy?: string;
  readonly mergeCommitSha?: string;
  readonly labels: readonly string[];
  readonly requestedReviewers: readonly string[];
  readonly requestedTeams: readonly string[];
  readonly maintainerCanModify: boolean;
}

export type ReviewState =
  | 'PENDING'
  | 'APPROVED'
  | 'CHANGES_REQUESTED'
  | 'COMMENTED'
  | 'DISMISSED';

export interface ReviewRecord extends ForgeRecord {
  readonly pullId: number;
  readonly user: string;
  readonly body: string;
  readonly state: ReviewState;
  readonly commitId: string;
  readonly submittedAt?: string;
}

export interface CommentRecord extends ForgeRecord {
  readonly pullId: number;
  readonly user: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface LabelRecord extends ForgeRecord {
  readonly repositoryId: number;
  readonly name: string;
}

export interface CheckRunRecord extends ForgeRecord {
  readonly repositoryId: number;
  readonly headSha: string;
  readonly name: string;
  readonly status: string;
  readonly conclusion?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
  };
}

export interface StatusRecord extends ForgeRecord {
  readonly repositoryId: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description?: string;
  readonly targetUrl?: string;
  readonly creator: string;
  readonly createdAt: string;
}

export interface HookRecord extends ForgeRecord {
  readonly repositoryId: number;
  readonly url: string;
  readonly secret?: string;
  readonly contentType: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly createdAt: string;
}

/** Record type of each kind in the journal. */
export interface RecordKinds {
  repository: RepositoryRecord;
  pull: PullRecord;
  review: ReviewRecord;
  comment: CommentRecord;
  label: LabelRecord;
  checkRun: CheckRunRecord;
  status: StatusRecord;
  hook: HookRecord;
}
