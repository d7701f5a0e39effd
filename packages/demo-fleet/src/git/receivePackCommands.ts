/** One ref that a push wants to move. */
export interface RefCommand {
  readonly ref: string;
  readonly oldSha: string;
  readonly newSha: string;
}

/**
 * Reads the commands at the start of a `git-receive-pack` request: pkt-lines up to the first flush,
 * see gitprotocol-pack. Anything malformed ends the list; git itself refuses such a request.
 */
export function receivePackCommands(body: Buffer): RefCommand[] {
  const commands: RefCommand[] = [];
  let offset = 0;
  while (offset + 4 <= body.length) {
    const length = parseInt(body.toString('latin1', offset, offset + 4), 16);
    if (!(length > 4) || offset + length > body.length) {
      break;
    }
    const line = body.toString('utf8', offset + 4, offset + length);
    const match = /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\0\n]+)/.exec(line);
    if (match) {
      commands.push({ oldSha: match[1], newSha: match[2], ref: match[3] });
    }
    offset += length;
  }
  return commands;
}
