import {
  DatasetMapping,
  DatasetUse,
  MAX_USE_STEPS,
  UseStep,
} from 'backstage-plugin-dataset-migration-common';
import { readJinja } from '../mask/maskJinja';
import { NameMatcher } from '../names/NameMatcher';
import { placesIn } from '../text/placeAt';
import { isSql } from '../text/languages';
import { analyzeSql } from './analyzeSql';
import { carriedFields, describeUses } from './describeUses';
import { FileGuard } from './FileGuard';
import { FileResult } from './FileResult';
import { RewriteContext } from './FileRewriter';
import { View, ViewField } from './View';

/** A model or view whose output columns hold fields of the dataset. */
interface Carrier {
  step: UseStep;
  /** The way from the dataset to it. */
  via: UseStep[];
  /** Lower case output columns, each with the old fields in it. */
  fields: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Levels of models on models that are followed. */
const MAX_LEVELS = 5;
/** Files read again for what they use of models; a hub has more readers than one wants to know. */
const MAX_FILES = 150;
const MAX_USES = 2000;
const VIEW =
  /\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:MATERIALIZED\s+)?VIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?([`"\w.-]+)/i;

/**
 * Uses of the dataset's fields through models and views of the same repository.
 * Nothing is edited for them: output columns keep their names.
 */
export async function traceModels(
  results: readonly FileResult[],
  context: RewriteContext,
  guard: FileGuard,
): Promise<DatasetUse[]> {
  const texts = context.files.filter(
    ({ path, text }) => isSql(path) && text.length < 500_000,
  );
  const byPath = new Map(texts.map(({ path, text }) => [path, text]));
  const uses: DatasetUse[] = [];
  const seen = new Set(results.map(({ path }) => path));
  let level = results.flatMap(({ path, carried }): Carrier[] => {
    const step = carried && stepOf(path, byPath.get(path) ?? '');
    return step && carried.size > 0
      ? [{ step, via: [step], fields: carried }]
      : [];
  });
  let files = 0;
  for (let n = 0; n < MAX_LEVELS && level.length > 0; n++) {
    const next: Carrier[] = [];
    for (const carrier of level) {
      const { name } = carrier.step;
      const word = name.slice(name.lastIndexOf('.') + 1);
      for (const { path, text } of guard.each(texts)) {
        if (
          files >= MAX_FILES ||
          uses.length >= MAX_USES ||
          !text.includes(word)
        ) {
          continue;
        }
        const found = await usesOf(carrier, path, text, context);
        files += found ? 1 : 0;
        uses.push(...(found?.uses ?? []));
        const step = stepOf(path, text);
        if (found && step && found.carried.size > 0 && !seen.has(path)) {
          seen.add(path);
          const via = [...carrier.via, step].slice(0, MAX_USE_STEPS);
          next.push({ step, via, fields: found.carried });
        }
      }
    }
    level = next;
  }
  return uses.slice(0, MAX_USES);
}

/** What others read a file's result by: a view's path, or the dbt model's name. */
function stepOf(path: string, text: string): UseStep | undefined {
  const view = text.match(VIEW)?.[1].replace(/[`"]/g, '');
  if (view) {
    return { kind: 'view', name: view };
  }
  const name = path.match(
    /(?:^|\/)(?:models|snapshots)\/(?:.*\/)?([^/]+)\.sql$/,
  );
  return name ? { kind: 'model', name: name[1] } : undefined;
}

function matcherFor(step: UseStep, mapping: DatasetMapping): NameMatcher {
  const model = step.kind === 'model';
  const side = (table: string) => ({
    ...mapping.from,
    contract: { ...mapping.from.contract, table },
    names: {
      tables: [table],
      dbtSources: [],
      dbtRefs: model ? [step.name] : [],
      patterns: [],
      symbols: [],
    },
  });
  // A model has no table name of its own here.
  const table = model ? `dbt.${step.name}` : step.name;
  return new NameMatcher({ ...mapping, from: side(table), to: side(table) });
}

async function usesOf(
  carrier: Carrier,
  path: string,
  text: string,
  context: RewriteContext,
) {
  const { mapping, parser, macros } = context;
  const matcher = matcherFor(carrier.step, mapping);
  const file = readJinja(text);
  if ('at' in file || stepOf(path, text)?.name === carrier.step.name) {
    return undefined;
  }
  const fields = new Map(
    [...carrier.fields.keys()].map((name): [string, ViewField] => {
      const expression = { text: name, column: true, atomic: true };
      return [
        name,
        {
          kind: 'expression',
          name,
          expression: { ...expression, topLevelOr: false, names: [0] },
        },
      ];
    }),
  );
  const view: View = { mapping, fields, newFields: new Set() };
  const analysis = await analyzeSql({
    file: { ...file, variants: file.variants.slice(0, 2) },
    matcher,
    dialect: mapping.dialect,
    parser,
    oldFields: [...fields.keys()],
    newFields: new Set(),
    changedFields: new Set(),
    macros,
    columnsOf: () => undefined,
  });
  const reads = analysis.variants.some(({ statements }) =>
    statements.some(statement => statement.reads.length > 0),
  );
  if (!reads) {
    return undefined;
  }
  const original = (column: string) => [...(carrier.fields.get(column) ?? [])];
  const nameOf = (field: string) =>
    mapping.fields.find(({ name }) => name.toLowerCase() === field)?.name ??
    field;
  const uses = describeUses(
    placesIn(path, text),
    text,
    analysis,
    view,
    'codemod',
  ).flatMap((use): DatasetUse[] => {
    const { field, ...rest } = use;
    const via = [...carrier.via, ...(use.via ?? [])].slice(0, MAX_USE_STEPS);
    return field === undefined
      ? []
      : original(field.toLowerCase()).map(name => ({
          ...rest,
          field: nameOf(name),
          via,
          indirect: true,
        }));
  });
  const carried = new Map<string, Set<string>>();
  for (const [output, columns] of carriedFields(analysis, view)) {
    carried.set(output, new Set([...columns].flatMap(original)));
  }
  return { uses, carried };
}
