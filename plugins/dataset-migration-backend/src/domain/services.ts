import { ChangeRecord, TargetRecord } from '../database/records';

/** What rollout code tells the rest about a target; the target service applies the state machine. */
export interface TargetEvents {
  /**
   * Applies one event of the target state machine and returns the updated target.
   * Throws ConflictError when the event is illegal in the current state.
   */
  apply(
    target: TargetRecord,
    event: string,
    details?: Partial<
      Pick<
        TargetRecord,
        | 'reason'
        | 'message'
        | 'blocked'
        | 'retryAt'
        | 'branch'
        | 'pushedCommit'
        | 'pullRequest'
        | 'mergedCommit'
        | 'revert'
        | 'changeId'
        | 'rung'
        | 'proof'
        | 'framework'
        | 'defaultBranch'
        | 'answers'
        | 'note'
        | 'outcome'
        | 'wave'
        | 'facts'
      >
    > & { actor?: string },
  ): Promise<TargetRecord>;
}

/** Pushes one branch and opens one pull request; run again after a crash it finds both. */
export interface Publisher {
  publish(
    target: TargetRecord,
    change: ChangeRecord,
    text: { title: string; body: string },
    signal: AbortSignal,
    options?: {
      /** Publish on the commit that was verified although the base branch moved on since. */
      onVerifiedBase?: boolean;
    },
  ): Promise<{
    branch: string;
    pushedCommit: string;
    pullRequest: NonNullable<TargetRecord['pullRequest']>;
  }>;
}

/** Takes one target back: closes and deletes what is unmerged, proposes the reverse of what is merged. */
export interface Reverter {
  revert(
    target: TargetRecord,
    text: { title: string; body: string },
    signal: AbortSignal,
  ): Promise<
    | { kind: 'closed'; message?: string }
    | { kind: 'proposed'; revert: NonNullable<TargetRecord['revert']> }
    | { kind: 'conflict'; message: string }
  >;
}

/** Gives the runner one commit with all its trees and blobs as a git pack. */
export interface SourceProvider {
  getSource(
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<
    | { commit: string; defaultBranch: string; pack: NodeJS.ReadableStream }
    | undefined
  >;
}

/** Looks at the forge and tells TargetEvents what changed there. */
export interface PullRequestFollower {
  follow(target: TargetRecord, signal: AbortSignal): Promise<void>;
}
