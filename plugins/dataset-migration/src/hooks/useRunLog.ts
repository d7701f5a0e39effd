import { useEffect, useState } from 'react';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from './useMigrationApi';

export type LogLine = Api.LogPage['lines'][number];

/** Milliseconds between two reads of a log that grows. */
const FOLLOW_INTERVAL = 1_500;
const PAGE = 1_000;
/** The newest lines that are kept: a browser does not draw more in good time. */
const KEPT = 5_000;

export interface RunLogState {
  lines: LogLine[];
  /** True when older lines were let go. */
  cut: boolean;
  ended: boolean;
  loading: boolean;
  error?: Error;
}

/** Reads a run's log from its begin and follows it until the run ends. */
export function useRunLog(runId: string): RunLogState {
  const api = useMigrationApi();
  const [state, setState] = useState<RunLogState>({
    lines: [],
    cut: false,
    ended: false,
    loading: true,
  });

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let after = 0;
    const follow = async () => {
      let wait = FOLLOW_INTERVAL;
      try {
        if (document.visibilityState !== 'hidden') {
          const page = await api.readRunLog(
            { path: { runId }, query: { after, limit: PAGE } },
            { signal: controller.signal },
          );
          if (controller.signal.aborted) {
            return;
          }
          const more = page.lines.length > 0;
          after = page.nextSequence;
          setState(last => withPage(last, page));
          if (page.ended && !more) {
            return;
          }
          wait = more ? 0 : FOLLOW_INTERVAL;
        }
      } catch (error) {
        if (controller.signal.aborted) {
          return;
        }
        setState(last => ({
          ...last,
          loading: false,
          error: error instanceof Error ? error : new Error(String(error)),
        }));
        wait = FOLLOW_INTERVAL * 4;
      }
      timer = setTimeout(follow, wait);
    };
    follow();
    return () => {
      controller.abort();
      if (timer) {
        clearTimeout(timer);
      }
    };
  }, [api, runId]);

  return state;
}

function withPage(last: RunLogState, page: Api.LogPage): RunLogState {
  const known = last.lines[last.lines.length - 1]?.sequence ?? -1;
  const lines = [
    ...last.lines,
    ...page.lines.filter(line => line.sequence > known),
  ];
  return {
    lines: lines.slice(-KEPT),
    cut: last.cut || lines.length > KEPT,
    ended: page.ended,
    loading: false,
    error: undefined,
  };
}
