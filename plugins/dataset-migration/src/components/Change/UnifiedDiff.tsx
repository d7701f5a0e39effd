import clsx from 'clsx';
import { DiffHunk } from '../../lib/parseUnifiedDiff';
import { longestLine } from '../../lib/longestLine';
import { DiffText } from './DiffText';
import { useDiffStyles } from './useDiffStyles';

/** Removed and added lines under each other. */
export function UnifiedDiff(props: { hunks: DiffHunk[] }) {
  const classes = useDiffStyles();
  return (
    <table
      className={classes.table}
      style={{ minWidth: `${longestLine(props.hunks) + 24}ch` }}
      aria-label="Unified"
    >
      <colgroup>
        <col style={{ width: '4.5em' }} />
        <col style={{ width: '4.5em' }} />
        <col />
      </colgroup>
      {props.hunks.map((hunk, index) => (
        <tbody key={index}>
          <tr>
            <td colSpan={3} className={classes.heading}>
              ⋯ {hunk.heading}
            </td>
          </tr>
          {hunk.lines.map((line, at) => (
            <tr
              key={at}
              className={clsx({
                [classes.addedLine]: line.kind === 'added',
                [classes.removedLine]: line.kind === 'removed',
              })}
            >
              <td className={classes.number}>{line.oldLine}</td>
              <td className={classes.number}>{line.newLine}</td>
              <td className={classes.text}>
                <DiffText line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
