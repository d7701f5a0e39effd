import { useEffect, useRef, useState } from 'react';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from './useMigrationApi';
import { Polled, usePolled } from './usePolled';

export interface TargetQuery {
  state?: string[];
  outcome?: string[];
  blocked?: string[];
  framework?: string[];
  owner?: string[];
  proof?: string[];
  text?: string;
}

/** A page of a migration's targets, with the way to its neighbours. */
export interface TargetPageState extends Polled<Api.TargetPage> {
  /** Counts from 0. */
  page: number;
  pageSize: number;
  next?: () => void;
  previous?: () => void;
}

/** Reads targets a page at a time from the server; another query begins at the first page. */
export function useTargetPage(options: {
  migrationId: string;
  query: TargetQuery;
  pageSize: number;
  live: boolean;
  /** Another text reads again: something was done, or numbers beside the list moved. */
  revision: string;
}): TargetPageState {
  const api = useMigrationApi();
  const { migrationId, query, pageSize, revision } = options;
  const wanted = `${migrationId} ${JSON.stringify(query)} ${pageSize}`;
  const [place, setPlace] = useState<{
    wanted: string;
    cursors: (string | undefined)[];
  }>({ wanted, cursors: [undefined] });
  const cursors = place.wanted === wanted ? place.cursors : [undefined];
  const cursor = cursors[cursors.length - 1];
  const polled = usePolled({
    key: `targets ${wanted} ${cursor ?? ''}`,
    load: signal =>
      api.listTargets(
        { path: { migrationId }, query: { ...query, cursor, limit: pageSize } },
        { signal },
      ),
    live: options.live,
  });
  const { reload } = polled;
  const seen = useRef(revision);
  useEffect(() => {
    if (revision !== seen.current) {
      seen.current = revision;
      reload();
    }
  }, [revision, reload]);

  const after = polled.value?.nextCursor;
  return {
    ...polled,
    page: cursors.length - 1,
    pageSize,
    next: after
      ? () => setPlace({ wanted, cursors: [...cursors, after] })
      : undefined,
    previous:
      cursors.length > 1
        ? () => setPlace({ wanted, cursors: cursors.slice(0, -1) })
        : undefined,
  };
}
