const MAX_TEXT = 400;

/**
 * Text from repositories and agents as one harmless line of Markdown: no HTML, no formatting,
 * no mention of people, no reference to issues, no link.
 */
export function escapeMarkdown(text: string, maxLength = MAX_TEXT): string {
  return plain(text, maxLength)
    .replace(/[\\`*_{}[\]()~|!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/\b(GH-)(?=\d)/gi, '$1\u200b')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\bwww\./gi, 'www\u200b.')
    .replace(/^([-+=]|\d+\.)/, '\\$1');
}

/** Text as inline code, in which forges neither mention people nor render HTML. */
export function inlineCode(text: string, maxLength = 200): string {
  const clean = plain(text, maxLength).replace(/<!--/g, '<\u200b!--');
  const longest = Math.max(
    0,
    ...[...clean.matchAll(/`+/g)].map(run => run[0].length),
  );
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$/.test(clean) || clean === '' ? ' ' : '';
  return `${fence}${padding}${clean}${padding}${fence}`;
}

/** One line without control, formatting and direction-changing characters. */
export function plain(text: string, maxLength = MAX_TEXT): string {
  const line = text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > maxLength
    ? `${characters.slice(0, maxLength - 1).join('')}…`
    : line;
}
