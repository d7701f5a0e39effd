/** Text that is safe to send as HTML. Made by {@link html} only. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template may hold: text is escaped, `Html` is not, lists are joined, absent things are nothing. */
export type HtmlValue =
  | string
  | number
  | false
  | undefined
  | Html
  | readonly HtmlValue[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]);
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) {
    return '';
  }
  if (value instanceof Html) {
    return value.text;
  }
  if (typeof value === 'object') {
    return value.map(render).join('');
  }
  return escapeHtml(String(value));
}

/** Template tag that escapes everything which is not `Html` already. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly HtmlValue[]
): Html {
  let text = strings[0];
  for (const [index, value] of values.entries()) {
    text += render(value) + strings[index + 1];
  }
  return new Html(text);
}
