/** What a pull request of ours says about itself, hidden from people. */
export interface PullRequestMarker {
  target: string;
  /** Digest of the approved change, or the merged commit that is taken back. */
  digest: string;
}

const MARKER =
  /<!-- dataset-migration: target=([\w-]+) digest=([\w:-]+) -->\s*$/;

/**
 * Puts the marker at the end of the body. Only the end counts: text before it may come from a
 * repository and pretend.
 */
export function withMarker(body: string, marker: PullRequestMarker): string {
  return `${body.trimEnd()}\n\n<!-- dataset-migration: target=${safe(
    marker.target,
  )} digest=${safe(marker.digest)} -->\n`;
}

export function readMarker(body: string): PullRequestMarker | undefined {
  const match = MARKER.exec(body);
  return match ? { target: match[1], digest: match[2] } : undefined;
}

/** Whether the body carries exactly this marker. */
export function hasMarker(body: string, marker: PullRequestMarker): boolean {
  const found = readMarker(body);
  return (
    found?.target === safe(marker.target) &&
    found.digest === safe(marker.digest)
  );
}

function safe(text: string): string {
  return text.replace(/[^\w:-]/g, '_').replace(/--+/g, '-');
}
