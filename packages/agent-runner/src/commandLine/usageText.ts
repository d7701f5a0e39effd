import { CommandName } from './CommandDocument';

const COMMAND_TEXTS: Record<CommandName, string> = {
  check: `usage: dataset-migration check --plan FILE [--connection DATA] [--json]

Validates the plan and both contracts, and binds every expression of the
mapping against the new contract. Problems are printed as FILE:LINE:COLUMN.`,
  usage: `usage: dataset-migration usage --plan FILE --repo DIR [options]

Lists every use of the old dataset by field, with what becomes of it. Nothing is
changed, and nothing is proved.`,
  rewrite: `usage: dataset-migration rewrite --plan FILE --repo DIR [--write] [options]

Prints the change as a git patch on standard output, and the report on standard
error. With --write the files are changed instead, unless one of them was changed
underneath or a verifier says that the change is wrong.`,
  verify: `usage: dataset-migration verify --plan FILE --repo DIR [options]

Rewrites in memory and proves the change with every verifier.`,
};

const OPTIONS_TEXT = `options:
  --plan FILE        the plan; its contracts are found by path, relative to it
  --repo DIR         a checked-out repository, or any directory
  --paths GLOB       only these files, such as 'sql/**'; may be repeated
  --answers FILE     answers to the questions of ask and gone fields (YAML)
  --connection DATA  check, verify: a sample of the real data, duckdb:FILE, an
                     address postgres://… of a role that can only read, or a
                     directory of CSV and Parquet files named after tables
  --seed N           verify: of generated rows; 1 where absent
  --timeout SECONDS  for the whole command; 1800 where absent
  --write            rewrite: change the files
  --json             print one JSON document
  --help, --version

exit codes: 0 done, 1 something needs a person, 2 bad input`;

/** What `--help` prints, for one command or for all. */
export function usageText(command?: CommandName): string {
  return command
    ? `${COMMAND_TEXTS[command]}\n\n${OPTIONS_TEXT}`
    : `Moves the consumers of a dataset to its new version, from a migration plan.

  dataset-migration check    is the plan right?
  dataset-migration usage    which fields does a repository read, and what becomes of them?
  dataset-migration rewrite  what would change? with --write: change it
  dataset-migration verify   is the change right?

usage: dataset-migration COMMAND --plan FILE [--repo DIR] [options]

${OPTIONS_TEXT}`;
}
