import { RolloutHarness } from '../rollout/__testUtils__/RolloutHarness';

jest.setTimeout(60_000);

describe('GithubCodeSearch', () => {
  it('finds repositories and paths that mention a name on the default branch', async () => {
    const harness = await RolloutHarness.create();
    try {
      await harness.push('topic', { 'other.sql': 'SELECT 1 FROM events_v1\n' });
      const { codeSearch } = harness.backend();
      const found = [];
      for await (const hit of codeSearch.search(
        harness.forge.host,
        ['events_v1'],
        harness.signal,
      )) {
        found.push(hit);
      }
      expect(found).toEqual([
        {
          repository: `${harness.forge.host}/demo/consumer`,
          paths: ['sql/report.sql'],
        },
      ]);
    } finally {
      await harness.close();
    }
  });

  it('stops waiting for its turn when nobody wants the answer any more', async () => {
    const harness = await RolloutHarness.create();
    try {
      const { codeSearch } = harness.backend({
        forge: { searchesPerMinute: 1 },
      });
      const controller = new AbortController();
      const search = codeSearch.search(
        harness.forge.host,
        ['no_such_name_1', 'no_such_name_2'],
        controller.signal,
      );
      setTimeout(() => controller.abort(new Error('enough')), 500);
      await expect(search.next()).rejects.toThrow('enough');
    } finally {
      await harness.close();
    }
  });
});
