import { rewriteText } from '../testing';

/** Rewrites one Python file; the mapping is that of `testMapping`. */
export function rewritePythonText(
  text: string,
  options: Parameters<typeof rewriteText>[1] = {},
) {
  return rewriteText(text, { path: 'job.py', ...options });
}
