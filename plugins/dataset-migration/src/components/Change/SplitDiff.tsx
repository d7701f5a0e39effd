import { ReactNode } from 'react';
import clsx from 'clsx';
import { DiffHunk, DiffLine } from '../../lib/parseUnifiedDiff';
import { LinePair, pairLines } from '../../lib/pairLines';
import { TextPiece, emphasize } from '../../lib/emphasize';
import { DiffText } from './DiffText';
import { useDiffStyles } from './useDiffStyles';

/** Old on the left, new on the right. */
export function SplitDiff(props: { hunks: DiffHunk[] }) {
  const classes = useDiffStyles();
  return (
    <table className={classes.table} aria-label="Side by side">
      <colgroup>
        <col style={{ width: '4.5em' }} />
        <col />
        <col style={{ width: '4.5em' }} />
        <col />
      </colgroup>
      {props.hunks.map((hunk, index) => (
        <tbody key={index}>
          <tr>
            <td colSpan={4} className={classes.heading}>
              ⋯ {hunk.heading}
            </td>
          </tr>
          {pairLines(hunk.lines).map((pair, at) => (
            <PairRow key={at} pair={pair} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function PairRow(props: { pair: LinePair }) {
  const { pair } = props;
  const replaced =
    pair.old && pair.new && pair.old.kind === 'removed'
      ? emphasize(pair.old.text, pair.new.text)
      : undefined;
  return (
    <tr>
      <Side line={pair.old} number={pair.old?.oldLine} pieces={replaced?.old} />
      <Side line={pair.new} number={pair.new?.newLine} pieces={replaced?.new} />
    </tr>
  );
}

function Side(props: {
  line?: DiffLine;
  number?: number;
  pieces?: TextPiece[];
}): ReactNode {
  const classes = useDiffStyles();
  const { line } = props;
  if (!line) {
    return (
      <>
        <td className={clsx(classes.number, classes.nothing)} />
        <td className={classes.nothing} />
      </>
    );
  }
  const look = {
    same: undefined,
    added: classes.addedLine,
    removed: classes.removedLine,
  }[line.kind];
  return (
    <>
      <td className={clsx(classes.number, look)}>{props.number}</td>
      <td className={clsx(classes.text, classes.wrapped, look)}>
        <DiffText line={line} pieces={props.pieces} />
      </td>
    </>
  );
}
