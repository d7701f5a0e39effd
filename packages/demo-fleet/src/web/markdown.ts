import { escapeHtml, Html } from './html';

// Everything is escaped first; only what these rules write is markup.
function inline(text: string): string {
  const codes: string[] = [];
  // A raw "<" cannot be in escaped text, so it can stand for a piece of code.
  const kept = escapeHtml(text).replace(/`([^`]+)`/g, (_match, code) => {
    codes.push(`<code>${code}</code>`);
    return `<${codes.length - 1}>`;
  });
  return kept
    .replace(
      /\[([^\]]+)\]\((https?:\/\/[^\s<)]+)\)/g,
      '<a href="$2" rel="nofollow noopener">$1</a>',
    )
    .replace(
      /(^|[\s(])(https?:\/\/[^\s<)]+)/g,
      '$1<a href="$2" rel="nofollow noopener">$2</a>',
    )
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|\W)_([^_]+)_(?=\W|$)/g, '$1<em>$2</em>')
    .replace(/<(\d+)>/g, (_match, index) => codes[Number(index)]);
}

function cells(line: string, tag: string): string {
  const parts = line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/);
  return parts
    .map(
      part => `<${tag}>${inline(part.trim().replace(/\\\|/g, '|'))}</${tag}>`,
    )
    .join('');
}

function table(lines: readonly string[]): string {
  const rows = lines
    .slice(2)
    .map(line => `<tr>${cells(line, 'td')}</tr>`)
    .join('');
  return `<table><thead><tr>${cells(
    lines[0],
    'th',
  )}</tr></thead><tbody>${rows}</tbody></table>`;
}

function list(lines: readonly string[]): string {
  const items = lines
    .map(line => {
      const text = line.replace(/^\s*(?:[-*]|\d+\.)\s+/, '');
      const task = /^\[([ xX])\]\s+/.exec(text);
      const mark = task && (task[1] === ' ' ? '☐ ' : '☑ ');
      return `<li>${mark ?? ''}${inline(
        task ? text.slice(task[0].length) : text,
      )}</li>`;
    })
    .join('');
  return /^\s*\d/.test(lines[0]) ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
}

type Block = 'list' | 'table' | 'quote' | 'text';

function blockOf(line: string): Block {
  if (/^\s*(?:[-*]|\d+\.)\s+/.test(line)) {
    return 'list';
  }
  if (line.trim().startsWith('|')) {
    return 'table';
  }
  return line.startsWith('>') ? 'quote' : 'text';
}

function renderBlock(kind: Block, lines: readonly string[]): string {
  if (kind === 'list') {
    return list(lines);
  }
  if (kind === 'table' && lines.length > 1) {
    return table(lines);
  }
  if (kind === 'quote') {
    const text = lines.map(line => inline(line.replace(/^>\s?/, '')));
    return `<blockquote>${text.join('<br>')}</blockquote>`;
  }
  return `<p>${lines.map(inline).join('<br>')}</p>`;
}

/** A safe subset of Markdown: headings, paragraphs, lists, tables, quotes, fences, code, bold, italics and links. */
export function markdown(source: string): Html {
  const output: string[] = [];
  let lines: string[] = [];
  let kind: Block = 'text';
  let fence: string[] | undefined;
  const flush = () => {
    if (lines.length > 0) {
      output.push(renderBlock(kind, lines));
    }
    lines = [];
  };
  // Comments carry marks for machines; GitHub does not show them either.
  const visible = source.replace(/<!--[\s\S]*?-->/g, '');
  for (const line of visible.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (/^```/.test(line)) {
      flush();
      if (fence) {
        output.push(`<pre><code>${escapeHtml(fence.join('\n'))}</code></pre>`);
      }
      fence = fence ? undefined : [];
    } else if (fence) {
      fence.push(line);
    } else if (heading) {
      flush();
      const level = Math.min(6, heading[1].length + 1);
      output.push(`<h${level}>${inline(heading[2])}</h${level}>`);
    } else if (!line.trim()) {
      flush();
    } else {
      if (blockOf(line) !== kind) {
        flush();
        kind = blockOf(line);
      }
      lines.push(line);
    }
  }
  flush();
  if (fence) {
    output.push(`<pre><code>${escapeHtml(fence.join('\n'))}</code></pre>`);
  }
  return new Html(output.join('\n'));
}
