import { EmbeddedHole, EmbeddedPart } from '../embedded/EmbeddedSql';

const MARK = /%(?:(\d+)\$)?[-#+ 0,(]*\d*(?:\.\d+)?[sdfxbB]/g;

/** Turns `%s` into holes; `argument` tells what the format's argument is. */
export function fillMarks(
  parts: readonly EmbeddedPart[],
  argument: (index: number) => Partial<EmbeddedHole>,
): EmbeddedPart[] {
  let next = 0;
  return parts.flatMap((part): EmbeddedPart[] => {
    if (part.kind === 'hole' || part.text.length !== part.end - part.start) {
      return [part];
    }
    const pieces: EmbeddedPart[] = [];
    let position = 0;
    const plain = (to: number) => {
      if (to > position) {
        pieces.push({
          ...part,
          text: part.text.slice(position, to),
          start: part.start + position,
          end: part.start + to,
        });
      }
    };
    for (const mark of part.text.matchAll(MARK)) {
      plain(mark.index);
      position = mark.index + mark[0].length;
      pieces.push({
        ...argument(mark[1] ? Number(mark[1]) - 1 : next++),
        kind: 'hole',
        start: part.start + mark.index,
        end: part.start + position,
        literal: part.literal,
      });
    }
    plain(part.text.length);
    return pieces;
  });
}
