import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';

type Column = { name: string; type?: string };

/** A model, seed, snapshot or source of dbt, as its manifest or catalog tells. */
export interface DbtNode {
  call: 'ref' | 'source';
  /** The arguments of the call. */
  args: string[];
  /** `project.schema.table`, without quotes, if the manifest tells. */
  relation?: string;
  columns: Column[];
  /** The warehouse listed the columns, so there are no others. */
  complete: boolean;
}

/** Larger ones are not read: a manifest holds every model's text several times. */
const MAX_MANIFEST_BYTES = 40_000_000;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may be one of dbt's own files, by its name. */
export function isManifestPath(path: string): boolean {
  return /(^|\/)(manifest|catalog)\.json$/.test(path);
}

/** dbt writes these; nobody edits them. */
export function isManifest(path: string, content: Buffer): boolean {
  return isManifestPath(path) && content.includes('dbt_schema_version');
}

/** Reads dbt's `manifest.json` and `catalog.json` where the repository has them. */
export function readManifests(
  files: Iterable<{ path: string; content: Buffer }>,
): DbtNode[] {
  const nodes: DbtNode[] = [];
  for (const { path, content } of files) {
    if (!isManifestPath(path) || content.length > MAX_MANIFEST_BYTES) {
      continue;
    }
    try {
      const parsed: unknown = JSON.parse(content.toString('utf8'));
      const metadata = isRecord(parsed) ? parsed.metadata : undefined;
      const isDbt =
        isRecord(metadata) && typeof metadata.dbt_schema_version === 'string';
      if (isDbt && isRecord(parsed)) {
        for (const node of nodesOf(parsed)) {
          nodes.push(node);
        }
      }
    } catch {
      // A broken manifest tells nothing.
    }
  }
  return nodes;
}

function nodesOf(manifest: Record<string, unknown>): DbtNode[] {
  return ['nodes', 'sources'].flatMap(key => {
    const entries = manifest[key];
    return isRecord(entries)
      ? Object.entries(entries).flatMap(([id, node]) => nodeOf(id, node))
      : [];
  });
}

function nodeOf(id: string, node: unknown): DbtNode[] {
  // `model.project.name`, `source.project.source_name.name`
  const parts = id.split('.');
  const isSource = parts[0] === 'source';
  if (
    !isRecord(node) ||
    !/^(model|seed|snapshot|source)$/.test(parts[0]) ||
    parts.length < (isSource ? 4 : 3)
  ) {
    return [];
  }
  const columns = isRecord(node.columns)
    ? Object.entries(node.columns).flatMap(([key, column]): Column[] => {
        if (!isRecord(column)) {
          return [];
        }
        const type = column.data_type ?? column.type;
        const name = typeof column.name === 'string' ? column.name : key;
        return [
          {
            name,
            ...(typeof type === 'string' && { type: type.toUpperCase() }),
          },
        ];
      })
    : [];
  const relation =
    typeof node.relation_name === 'string'
      ? node.relation_name.replace(/[`"]/g, '')
      : undefined;
  return [
    {
      call: isSource ? 'source' : 'ref',
      args: isSource ? parts.slice(2, 4) : [parts[2]],
      ...(relation && { relation }),
      columns,
      // Only the catalog has numbered columns, and those of the warehouse.
      complete:
        isRecord(node.columns) &&
        columns.length > 0 &&
        Object.values(node.columns).every(
          column => isRecord(column) && typeof column.index === 'number',
        ),
    },
  ];
}

/**
 * The mapping with the dbt names that the manifest knows the datasets' tables by. What
 * the plan names stays in front.
 */
export function withManifestNames(
  mapping: DatasetMapping,
  nodes: readonly DbtNode[],
): DatasetMapping {
  if (nodes.length === 0) {
    return mapping;
  }
  const extend = (side: DatasetMapping['from']): DatasetMapping['from'] => {
    const tables = new Set(
      [...side.names.tables, side.contract.table]
        .filter(table => table.split('.').length === 3)
        .map(table => table.toLowerCase()),
    );
    const own = nodes.filter(
      ({ relation }) => relation && tables.has(relation.toLowerCase()),
    );
    const refs = own.flatMap(({ call, args }) => (call === 'ref' ? args : []));
    const sources = own.flatMap(
      ({ call, args }): Array<[string, string]> =>
        call === 'source' ? [[args[0], args[1]]] : [],
    );
    const { dbtRefs, dbtSources } = side.names;
    return {
      ...side,
      names: {
        ...side.names,
        dbtRefs: [...new Set([...dbtRefs, ...refs])],
        dbtSources: [
          ...dbtSources,
          ...sources.filter(
            ([a, b]) => !dbtSources.some(([c, d]) => a === c && b === d),
          ),
        ],
      },
    };
  };
  return { ...mapping, from: extend(mapping.from), to: extend(mapping.to) };
}
