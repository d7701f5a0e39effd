import { spawn } from 'child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { CommandDocument } from '../commandLine/CommandDocument';

const BIN = require.resolve('../../bin/dataset-migration.js');

function contract(version: number, fields: string): string {
  return `apiVersion: v3.1.0
kind: DataContract
id: events
version: ${version}.0.0
status: active
servers:
  - { server: prod, type: bigquery, project: acme, dataset: lake }
schema:
  - name: events_v${version}
    physicalName: events_v${version}
    properties:
${fields}`;
}

/** A plan that renames, computes, asks and lets go, with its contracts. */
export const EXAMPLE_PLAN: Record<string, string> = {
  'plans/events.yaml': `apiVersion: dataset-migration/v1alpha1
kind: MigrationPlan
metadata:
  name: events-v2
spec:
  from:
    dataset: resource:default/events-v1
    contract: ../contracts/events-v1.yaml
    names:
      dbt: { source: [raw, events_v1] }
  to:
    dataset: resource:default/events-v2
    contract: ../contracts/events-v2.yaml
    names:
      dbt: { source: [raw, events_v2] }
  mapping:
    dialect: bigquery
    rows: { grain: same, where: NOT is_deleted }
    fields:
      country: country_code
      seen_at: { is: TIMESTAMP_MILLIS(seen_ms) }
      score:
        ask: Which score does this consumer need?
        options:
          - { label: Quality, is: quality }
      legacy_id: { gone: No equivalent. }
`,
  'contracts/events-v1.yaml': contract(
    1,
    `      - { name: user_id, physicalType: INT64, required: true }
      - { name: country, physicalType: STRING }
      - { name: seen_at, physicalType: TIMESTAMP }
      - { name: score, physicalType: FLOAT64 }
      - { name: legacy_id, physicalType: STRING }
`,
  ),
  'contracts/events-v2.yaml': contract(
    2,
    `      - { name: user_id, physicalType: INT64, required: true }
      - { name: country_code, physicalType: STRING }
      - { name: seen_ms, physicalType: INT64 }
      - { name: quality, physicalType: FLOAT64 }
      - { name: is_deleted, physicalType: BOOL, required: true }
`,
  ),
};

/** A directory of files on which the real command line program runs. */
export class TestCheckout {
  readonly directory = realpathSync(
    mkdtempSync(join(tmpdir(), 'command-line-test-')),
  );

  write(files: Record<string, string | Buffer>, mode?: number): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), content);
      if (mode !== undefined) {
        chmodSync(this.path(path), mode);
      }
    }
  }

  path(path: string): string {
    return join(this.directory, path);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  /** Runs the program in the directory. */
  async run(
    args: string[],
  ): Promise<{ code: number | null; output: string; errors: string }> {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: this.directory,
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (errors += chunk));
    const code = await new Promise<number | null>(resolve =>
      child.on('close', resolve),
    );
    return { code, output, errors };
  }

  /** Runs the program with `--json`, and reads what it prints. */
  async json(
    args: string[],
  ): Promise<{ code: number | null; document: CommandDocument }> {
    const { code, output, errors } = await this.run([...args, '--json']);
    try {
      return { code, document: JSON.parse(output) };
    } catch {
      throw new Error(`No document (${code}): ${output}${errors}`);
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
