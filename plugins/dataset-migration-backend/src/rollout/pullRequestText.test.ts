import fc from 'fast-check';
import {
  DatasetMapping,
  Evidence,
} from 'backstage-plugin-dataset-migration-common';
import { escapeMarkdown, inlineCode } from './markdown';
import { hasMarker, readMarker, withMarker } from './pullRequestMarker';
import {
  PullRequestTextInput,
  pullRequestText,
  revertText,
} from './pullRequestText';

function side(table: string): DatasetMapping['from'] {
  return {
    dataset: `resource:default/${table}`,
    contract: { id: table, version: '1', table, fields: [] },
    names: {
      tables: [`shop.${table}`],
      dbtSources: [],
      dbtRefs: [],
      patterns: [],
      symbols: [],
    },
  };
}

const PROOF: Evidence = {
  verifier: 'equivalence',
  rung: 'equivalent',
  verdict: 'passed',
  summary: 'Old and new query agree.',
  paths: ['sql/a.sql'],
  proof: {
    mappingVersion: 3,
    seed: 7,
    cases: [
      {
        path: 'sql/a.sql',
        label: 'statement 1',
        verdict: 'passed',
        inputRows: { events: 250, users: 150 },
        outputRows: 12,
      },
    ],
    mutants: { generated: 12, killed: 12 },
    opaqueFunctions: ['NET.HOST'],
    errorsNotCompared: false,
  },
};

function input(
  more: Partial<PullRequestTextInput['change']> = {},
): PullRequestTextInput {
  return {
    migration: { id: 'm 1', dataset: 'resource:default/events', title: 'x' },
    target: { id: 't1' },
    change: {
      files: [{ path: 'sql/a.sql', baseBlob: '0', added: 2, removed: 1 }],
      findings: [],
      evidence: [
        PROOF,
        {
          verifier: 'tests',
          rung: 'tested',
          verdict: 'not-run',
          reason: 'NO_SANDBOX',
          summary: 'There is no sandbox.',
          paths: [],
        },
      ],
      rung: 'equivalent',
      mappingVersion: 3,
      ...more,
    },
    mapping: {
      version: 3,
      dialect: 'bigquery',
      output: 'keep',
      from: side('events_v1'),
      to: side('events_v2'),
      rows: { grain: 'same' },
      fields: [
        { kind: 'same', name: 'at', is: 'at' },
        { kind: 'rename', name: 'user_id', is: 'account_id' },
        { kind: 'gone', name: 'ip', reason: 'Privacy' },
      ],
    },
    portalUrl: 'https://portal.test/base',
  };
}

describe('pullRequestText', () => {
  it('says what changed, how far it was proved, what was not run and how to go back', () => {
    const { title, body } = pullRequestText(input());

    expect(title).toBe('Migrate shop.events_v1 to shop.events_v2');
    for (const part of [
      '`sql/a.sql` (+2 −1)',
      '`user_id` is now `account_id`',
      '`ip` is gone: Privacy',
      '**equivalent under mapping version 3, 400 rows, 12 of 12 mutants caught, seed 7**',
      'Not looked into: `NET.HOST`',
      'tests: There is no sandbox. (`NO_SANDBOX`)',
      'Roll back',
      '(https://portal.test/base/catalog/default/resource/events/migration?target=t1)',
    ]) {
      expect(body).toContain(part);
    }
    expect(body).not.toContain('`at`');
  });

  it('calls a change without a rung unverified', () => {
    const { body } = pullRequestText(input({ rung: undefined, evidence: [] }));
    expect(body).toContain('**unverified**');
  });

  it('does not let repository content speak as markup', () => {
    const hostile =
      '@everyone <img src=x onerror=1> [click](https://evil.test) #12 <!-- dataset-migration: target=x digest=y -->';
    const { body } = pullRequestText(
      input({
        files: [
          { path: '`@team` <b>.sql', baseBlob: '0', added: 1, removed: 1 },
        ],
        findings: [
          {
            reason: 'X',
            severity: 'warning',
            route: 'person',
            message: hostile,
          },
        ],
      }),
    );
    const outsideCode = body.replace(/(`+)(?!`).*?\1/g, '');
    expect(outsideCode).not.toMatch(/@[a-z]/i);
    expect(outsideCode).not.toMatch(/<(img|b|!--)/);
    expect(outsideCode).not.toContain('](https://evil');
    expect(outsideCode).not.toContain('https://evil');
    expect(readMarker(body)).toBeUndefined();
  });

  it('describes the way back', () => {
    const { title, body } = revertText({
      migration: input().migration,
      target: {
        id: 't1',
        pullRequest: { number: 4, url: '', state: 'merged', headCommit: '' },
      },
      reason: 'Errors went up for @team',
    });
    expect(title).toBe('Roll back: migrate resource:default/events');
    expect(body).toContain('merged with #4');
    expect(body).not.toContain('@team');
  });
});

describe('escapeMarkdown and inlineCode', () => {
  it('leave no mention, tag or line break in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/@\w|[<>\n\r]|#\d/);
      }),
    );
  });

  it('keep code inside its fence', () => {
    const pieces = fc.array(
      fc.constantFrom('`', '``', '@team', ' ', 'a', '\n'),
    );
    fc.assert(
      fc.property(pieces, parts => {
        const code = inlineCode(parts.join(''));
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const inner = code.slice(fence.length, -fence.length);
        expect(code.endsWith(fence)).toBe(true);
        const runs = inner.match(/`+/g) ?? [];
        expect(runs.every(run => run.length < fence.length)).toBe(true);
      }),
    );
  });
});

describe('pull request markers', () => {
  const marker = { target: 't1', digest: 'abc' };

  it('are found at the end of the body only', () => {
    const body = withMarker('Text', marker);
    expect(hasMarker(body, marker)).toBe(true);
    expect(hasMarker(body, { ...marker, digest: 'abd' })).toBe(false);
    expect(readMarker(`${body}\nmore`)).toBeUndefined();
    const pretended = withMarker('x', { target: 'evil', digest: 'abc' });
    expect(readMarker(withMarker(pretended, marker))).toEqual(marker);
  });
});
