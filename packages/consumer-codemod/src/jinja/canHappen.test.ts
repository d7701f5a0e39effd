import { readJinja } from '../mask/maskJinja';
import { canHappen } from './canHappen';
import { parseTemplate } from './parseTemplate';

/** The labels of the combinations of branches that can happen. */
function happening(text: string): string[] {
  const file = readJinja(text);
  const nodes = 'at' in file ? undefined : parseTemplate(text, file.spans);
  return 'at' in file || !nodes
    ? []
    : file.variants
        .filter(({ choice }) => canHappen(nodes, choice))
        .map(({ label }) => label)
        .sort();
}

describe('canHappen', () => {
  it.each([
    [
      'one condition twice',
      '{% if var("a", True) %}x{% endif %} {% if var("a", true) %}y{% endif %}',
      ['', 'if var("a", True), if var("a", true)'],
    ],
    [
      'a variable that holds one',
      '{% set a = var("a") %}{% if a %}x{% endif %}{% if not var("a") %}y{% endif %}',
      ['if a', 'if not var("a")'],
    ],
    [
      'one that follows from another',
      '{% if a %}x{% endif %}{% if a and b %}y{% endif %}',
      ['', 'if a', 'if a, if a and b'],
    ],
    [
      'the second branch',
      '{% if a %}x{% elif b %}y{% endif %}{% if a %}z{% endif %}',
      ['', 'elif b', 'if a, if a'],
    ],
    [
      'a variable that changes',
      '{% set a = 1 %}{% if a %}x{% endif %}{% set a = 0 %}{% if a %}y{% endif %}',
      ['', 'if a', 'if a', 'if a, if a'],
    ],
    [
      'a list that changes',
      '{% set a = [] %}{% if a %}x{% endif %}{% do a.append(1) %}{% if a %}y{% endif %}',
      ['', 'if a', 'if a', 'if a, if a'],
    ],
    [
      'a condition in a loop',
      '{% for a in b %}{% if loop.last %}x{% endif %}{% if loop.last %}y{% endif %}{% endfor %}',
      ['', 'if loop.last', 'if loop.last', 'if loop.last, if loop.last'],
    ],
    [
      'variables that stand for each other',
      '{% set a = b and b %}{% set b = a or a %}{% if a %}x{% endif %}',
      ['', 'if a'],
    ],
  ])('%s', (_, text, expected) => {
    expect(happening(text)).toEqual(expected);
  });
});
