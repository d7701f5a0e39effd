export type DecodedText =
  | { kind: 'text'; text: string }
  | { kind: 'unsupported'; guess: string };

/**
 * Decodes UTF-8, keeping a byte order mark as a character so that encoding the
 * text again gives the same bytes. Anything else is `unsupported`, with a guess
 * good enough to see whether the dataset is named in it.
 */
export function decodeText(content: Buffer): DecodedText {
  if (
    content.length >= 2 &&
    (content.readUInt16LE(0) === 0xfeff || content.readUInt16BE(0) === 0xfeff)
  ) {
    const bytes = Buffer.from(content.subarray(0, content.length & ~1));
    const little = content[0] === 0xff;
    return {
      kind: 'unsupported',
      guess: (little ? bytes : bytes.swap16()).toString('utf16le'),
    };
  }
  try {
    const text = new TextDecoder('utf-8', {
      fatal: true,
      ignoreBOM: true,
    }).decode(content);
    return { kind: 'text', text };
  } catch {
    return { kind: 'unsupported', guess: content.toString('latin1') };
  }
}
