import { useMemo } from 'react';
import Typography from '@material-ui/core/Typography';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { parseUnifiedDiff } from '../../lib/parseUnifiedDiff';
import { SplitDiff } from './SplitDiff';
import { UnifiedDiff } from './UnifiedDiff';
import { useDiffStyles } from './useDiffStyles';

export type DiffLayout = 'split' | 'unified';

/** One changed file. */
export function FileDiff(props: { file: Api.ChangedFile; layout: DiffLayout }) {
  const classes = useDiffStyles();
  const { file } = props;
  const parsed = useMemo(() => parseUnifiedDiff(file.diff), [file.diff]);
  return (
    <section className={classes.frame} aria-label={file.path}>
      <div className={classes.title}>
        <code>{file.path}</code>
        <span className={classes.added}>+{file.added}</span>
        <span className={classes.removed}>−{file.removed}</span>
      </div>
      {parsed.hunks.length === 0 && (
        <Typography variant="body2" style={{ padding: 12 }}>
          {parsed.binary
            ? 'A binary file: there are no lines to show.'
            : 'No lines differ; only the file mode or name does.'}
        </Typography>
      )}
      <div className={classes.scroll}>
        {props.layout === 'split' ? (
          <SplitDiff hunks={parsed.hunks} />
        ) : (
          <UnifiedDiff hunks={parsed.hunks} />
        )}
      </div>
    </section>
  );
}
