import { useEffect, useRef, useState } from 'react';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useMigrationApi } from './useMigrationApi';

interface ApproveManyState {
  busy: boolean;
  /** Asked so far, whatever came of it. */
  done: number;
  refused: { target: Api.Target; error: Error }[];
}

const NOTHING: ApproveManyState = { busy: false, done: 0, refused: [] };

/** Approves one target after the other, each with the digest that the list showed. */
export function useApproveMany() {
  const api = useMigrationApi();
  const [state, setState] = useState(NOTHING);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const run = async (targets: Api.Target[]) => {
    const refused: ApproveManyState['refused'] = [];
    setState({ ...NOTHING, busy: true });
    let done = 0;
    for (const target of targets) {
      // Leaving the page stops it between two approvals.
      if (gone.current) {
        return;
      }
      try {
        await api.actOnTarget({
          path: { targetId: target.id, action: 'approve' },
          body: { digest: target.digest },
        });
      } catch (error) {
        refused.push({
          target,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
      done++;
      setState({ busy: true, done, refused: [...refused] });
    }
    setState({ busy: false, done, refused });
  };
  return { ...state, run, reset: () => setState(NOTHING) };
}
