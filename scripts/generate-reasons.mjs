/**
 * Puts the paragraphs of `docs/reasons.md` where the portal's screens can show them.
 * `--check` only says whether they agree.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const output = path.join(
  root,
  'plugins/dataset-migration/src/generated/reasonTexts.ts',
);

const lines = readFileSync(path.join(root, 'docs/reasons.md'), 'utf8').split(
  '\n',
);
const reasons = {};
let section = '';
let reason;
for (const line of lines) {
  const heading = line.match(/^(#+) (.*)$/);
  if (heading) {
    reason = undefined;
    if (heading[1] === '##') section = heading[2];
    if (heading[1] === '###') {
      reason = { section, text: '' };
      reasons[heading[2].trim()] = reason;
    }
  } else if (reason) {
    reason.text = `${reason.text} ${line.trim()}`.trim();
  }
}

const source = `/**
 * Generated from \`docs/reasons.md\` by \`scripts/generate-reasons.mjs\`. Not to be edited.
 */
export const REASON_TEXTS: Record<string, { section: string; text: string }> =
  ${JSON.stringify(reasons)};
`;
const text = prettier.format(source, {
  ...(await prettier.resolveConfig(output)),
  parser: 'typescript',
});
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    console.error('Run node scripts/generate-reasons.mjs.');
    process.exit(1);
  }
} else {
  writeFileSync(output, text);
}
