import { DiffLine } from '../../lib/parseUnifiedDiff';
import { TextPiece } from '../../lib/emphasize';
import { useDiffStyles } from './useDiffStyles';

/** One line's text, with what differs inside it marked. */
export function DiffText(props: { line: DiffLine; pieces?: TextPiece[] }) {
  const classes = useDiffStyles();
  const { line, pieces } = props;
  const mark =
    line.kind === 'added' ? classes.addedPiece : classes.removedPiece;
  const sign = { same: ' ', added: '+', removed: '-' }[line.kind];
  return (
    <>
      {`${sign} `}
      {pieces
        ? pieces.map((piece, index) => (
            <span key={index} className={piece.changed ? mark : undefined}>
              {piece.text}
            </span>
          ))
        : line.text}
      {line.noNewline && (
        <em title="The file ends here without a line break"> ⏎̸</em>
      )}
    </>
  );
}
