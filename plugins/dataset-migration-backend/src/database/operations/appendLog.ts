import { Knex } from 'knex';

const MAX_LINES = 20_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_LINE_LENGTH = 4_000;
const INSERT_CHUNK = 100;

/** Adds log lines in order, and says so once instead of growing without bound. */
export async function appendLog(
  knex: Knex,
  log: { runId: string; attempt: number; lines: string[]; now: number },
): Promise<void> {
  // PostgreSQL's text takes no NUL.
  const lines = log.lines.map(line =>
    line.replaceAll('\0', '\uFFFD').slice(0, MAX_LINE_LENGTH),
  );
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  if (lines.length === 0) return;
  await knex.transaction(async tx => {
    // The counters hand out sequence numbers: two reports of one run never share them.
    const room = await tx('runs')
      .where({ id: log.runId })
      .where('log_lines', '<', MAX_LINES)
      .where('log_bytes', '<', MAX_BYTES)
      .update({
        log_lines: tx.raw('log_lines + ?', [lines.length]),
        log_bytes: tx.raw('log_bytes + ?', [bytes]),
      })
      .returning(['log_lines', 'log_bytes']);
    if (room.length === 0) return;
    const end = Number(room[0].log_lines);
    const isFull = end >= MAX_LINES || Number(room[0].log_bytes) >= MAX_BYTES;
    const rows = lines.map((line, index) => ({
      run_id: log.runId,
      sequence: end - lines.length + index + 1,
      attempt: log.attempt,
      at: log.now,
      line,
    }));
    if (isFull) {
      rows.push({
        run_id: log.runId,
        sequence: end + 1,
        attempt: log.attempt,
        at: log.now,
        line: 'The log of this run is full; later lines are not kept.',
      });
    }
    for (let at = 0; at < rows.length; at += INSERT_CHUNK) {
      await tx('run_log_lines').insert(rows.slice(at, at + INSERT_CHUNK));
    }
  });
}
