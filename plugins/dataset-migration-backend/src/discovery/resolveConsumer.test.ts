import { ConfigReader } from '@backstage/config';
import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { ownerOf, resolveConsumer } from './resolveConsumer';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [
        { host: 'forge.example', apiBaseUrl: 'https://forge.example/api' },
      ],
    },
  }),
);
const SOURCE = 'backstage.io/source-location';
const MANAGED = 'backstage.io/managed-by-location';
const SLUG = 'github.com/project-slug';
const PATHS = 'dataset-migration/paths';

function entity(annotations?: Record<string, string>, owner?: unknown): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'report', namespace: 'teams', annotations },
    spec: { owner } as Entity['spec'],
  };
}

describe('resolveConsumer', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'a directory',
      { [SOURCE]: 'url:https://forge.example/acme/report/tree/main/sql/jobs/' },
      ['sql/jobs/**'],
    ],
    ['a repository', { [SOURCE]: 'url:https://forge.example/acme/report' }, []],
    [
      'a clone address',
      { [SOURCE]: 'url:https://forge.example/acme/report.git' },
      [],
    ],
    [
      'the root of a branch',
      { [SOURCE]: 'url:https://forge.example/acme/report/tree/main/' },
      [],
    ],
    [
      'a file',
      {
        [SOURCE]:
          'url:https://forge.example/acme/report/blob/main/jobs/catalog-info.yaml',
      },
      ['jobs/**'],
    ],
    [
      'escaped names',
      {
        [SOURCE]: 'url:https://forge.example/acme/report/tree/main/my%20jobs/',
      },
      ['my jobs/**'],
    ],
    ['a project slug', { [SLUG]: 'acme/report' }, []],
    [
      'the place it was registered from',
      {
        [MANAGED]:
          'url:https://forge.example/acme/report/blob/main/catalog-info.yaml',
      },
      [],
    ],
    [
      'paths of its own',
      { [SLUG]: 'acme/report', [PATHS]: 'sql/**, dags/*.py,' },
      ['sql/**', 'dags/*.py'],
    ],
  ])('resolves %s', (_, annotations, paths) => {
    expect(resolveConsumer(entity(annotations), integrations)).toEqual({
      repository: 'forge.example/acme/report',
      paths,
    });
  });

  it('takes the source location before everything else', () => {
    const annotations = {
      [SOURCE]: 'url:https://forge.example/acme/code',
      [SLUG]: 'acme/slug',
      [MANAGED]: 'url:https://forge.example/acme/catalog/blob/main/all.yaml',
    };
    expect(resolveConsumer(entity(annotations), integrations)).toMatchObject({
      repository: 'forge.example/acme/code',
    });
  });

  it.each<[string, Record<string, string> | undefined]>([
    ['NO_SOURCE_LOCATION', undefined],
    ['SOURCE_LOCATION_NOT_A_URL', { [SOURCE]: 'file:/srv/report' }],
    ['SOURCE_LOCATION_NOT_A_URL', { [SOURCE]: 'nonsense' }],
    [
      'HOST_NOT_CONFIGURED',
      { [SOURCE]: 'url:https://gitlab.example/acme/report' },
    ],
    [
      'SOURCE_LOCATION_NOT_A_REPOSITORY',
      { [SOURCE]: 'url:https://forge.example/acme' },
    ],
    [
      'SOURCE_LOCATION_NOT_A_REPOSITORY',
      { [SOURCE]: 'url:https://forge.example/acme/a%2Fb' },
    ],
    [
      'SOURCE_LOCATION_NOT_A_REPOSITORY',
      { [SOURCE]: 'url:https://forge.example/acme/%zz' },
    ],
    [
      'SOURCE_LOCATION_NOT_A_REPOSITORY',
      { [SOURCE]: 'url:https://forge.example/%2E%2E%2F/report' },
    ],
    ['PROJECT_SLUG_INVALID', { [SLUG]: 'acme/report/extra' }],
  ])('says %s', (reason, annotations) => {
    expect(resolveConsumer(entity(annotations), integrations)).toEqual({
      reason,
      message: expect.any(String),
    });
  });
});

describe('ownerOf', () => {
  it.each([
    ['reporting', 'group:teams/reporting'],
    ['user:default/Ada', 'user:default/ada'],
    [':', undefined],
    [undefined, undefined],
    [42, undefined],
  ])('reads %p as %p', (owner, ref) => {
    expect(ownerOf(entity({}, owner))).toBe(ref);
  });
});
