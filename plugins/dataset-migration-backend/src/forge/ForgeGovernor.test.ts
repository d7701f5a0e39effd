import { Clock } from '../domain/Clock';
import { ForgeAnswer, forgeCost, GITHUB_LIMITS } from '../domain/forgeBudget';
import { sqliteStores } from '../testing/sqliteStores';
import { ForgeGovernor } from './ForgeGovernor';

const READ = forgeCost('GET', '/x');
const WRITE = forgeCost('POST', '/x');
const { signal } = new AbortController();

/** Time passes only for who sleeps. */
class SleepersClock implements Clock {
  slept: number[] = [];
  time = 1_000_000;
  now = () => this.time;
  sleep = async (milliseconds: number) => {
    this.slept.push(milliseconds);
    this.time += milliseconds;
  };
}

describe('ForgeGovernor', () => {
  const database = sqliteStores();

  async function bench() {
    const clock = new SleepersClock();
    const { forge: store } = await database.create();
    const create = () =>
      new ForgeGovernor({
        store,
        clock,
        limits: GITHUB_LIMITS,
        maxWaitMs: 20_000,
        timeoutMs: 30_000,
      });
    const made: string[] = [];
    const request = (name: string, answer: Partial<ForgeAnswer> = {}) => {
      return async () => {
        made.push(name);
        return {
          answer: { refused: false, ...answer },
          result: answer.refused
            ? { error: new Error(`${name} refused`) }
            : { value: name },
        };
      };
    };
    return { clock, create, made, request };
  }

  it('writes one after the other, a second apart, in the order of asking', async () => {
    const { clock, create, made, request } = await bench();
    const governor = create();
    const names = await Promise.all(
      ['a', 'b', 'c'].map(name =>
        governor.run('forge', WRITE, signal, request(name)),
      ),
    );
    expect(names).toEqual(['a', 'b', 'c']);
    expect(made).toEqual(['a', 'b', 'c']);
    expect(clock.slept).toEqual([1_000, 1_000]);
    // Who only reads does not wait for them.
    await governor.run('forge', READ, signal, request('d'));
    expect(clock.slept).toHaveLength(2);
  });

  it('asks once more after a refusal that is soon over', async () => {
    const { clock, create, made, request } = await bench();
    const retryAt = clock.now() + 5_000;
    const answers = [{ refused: true, retryAt }, {}];
    const value = await create().run('forge', READ, signal, () =>
      request('a', answers.shift())(),
    );
    expect(value).toBe('a');
    expect(made).toEqual(['a', 'a']);
    expect(clock.slept).toEqual([5_000]);
  });

  it('gives up on a refusal that lasts, and so does every other process', async () => {
    const { clock, create, made, request } = await bench();
    const retryAt = clock.now() + 60_000;
    const told = { refused: true, retryAt };
    const budget = { failure: { signature: 'FORGE_BUDGET', retryAt } };
    await expect(
      create().run('forge', READ, signal, request('a', told)),
    ).rejects.toMatchObject(budget);
    const other = create();
    await expect(
      other.run('forge', WRITE, signal, request('b')),
    ).rejects.toMatchObject(budget);
    expect(made).toEqual(['a']);
    expect(await other.exhausted()).toEqual([
      { identity: 'forge', until: retryAt },
    ]);
    expect(await other.run('elsewhere', READ, signal, request('c'))).toBe('c');
    clock.time = retryAt;
    expect(await other.exhausted()).toEqual([]);
    expect(await other.run('forge', WRITE, signal, request('d'))).toBe('d');
  });

  it('gives its place back when the request throws, and stops when nobody waits', async () => {
    const { create, made, request } = await bench();
    const governor = create();
    const failing = () => Promise.reject(new Error('no network'));
    await expect(governor.run('forge', WRITE, signal, failing)).rejects.toThrow(
      'no network',
    );
    expect(await governor.run('forge', WRITE, signal, request('a'))).toBe('a');
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(
      governor.run('forge', READ, aborted, request('b')),
    ).rejects.toThrow('enough');
    expect(made).toEqual(['a']);
  });
});
