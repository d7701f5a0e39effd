const STEP_TIMEOUT_MS = 20 * 60_000;

/** Looks again and again until what it sees is what it waits for. */
export async function until<T>(
  look: () => Promise<T>,
  done: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  for (;;) {
    const value = await look();
    if (done(value)) return value;
    if (Date.now() > deadline) {
      throw new Error('This step has not come to its end in 20 minutes.');
    }
    await new Promise(resolve => setTimeout(resolve, 1500));
  }
}
