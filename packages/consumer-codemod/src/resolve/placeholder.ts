/** True for the identifier that stands for a Jinja expression; see `maskJinja`. */
export function isPlaceholder(text: string): boolean {
  return /^[`"]?_j\d+_+[`"]?$/.test(text);
}
