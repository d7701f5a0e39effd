import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REASON_TEXTS } from '../generated/reasonTexts';
import { reasonText } from './reasonText';

describe('reasonText', () => {
  it('has every reason of the help page, as it is there', () => {
    const page = readFileSync(
      resolve(__dirname, '../../../../docs/reasons.md'),
      'utf8',
    );
    const names = [...page.matchAll(/^### (.*)$/gm)].map(([, name]) => name);
    // When this fails: node scripts/generate-reasons.mjs
    expect(Object.keys(REASON_TEXTS)).toEqual(names);
    for (const name of names) {
      expect(page.replace(/\s+/g, ' ')).toContain(REASON_TEXTS[name].text);
    }
  });

  it('says where on the help page the paragraph is', () => {
    expect(reasonText('EMPTY_RESULT')).toEqual({
      section: 'Said of a change by the proof',
      text: expect.stringMatching(/^Inconclusive\. No generated rows/),
      anchor: 'reasons.md#empty_result',
    });
    expect(reasonText('GIT_FETCH_FAILED')?.anchor).toBe(
      'reasons.md#git_failed',
    );
    expect(reasonText('toString')).toBeUndefined();
  });
});
