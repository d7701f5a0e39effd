import { Api } from 'backstage-plugin-dataset-migration-common';

/** Every use of one field, or of the table itself. */
export interface FieldUses {
  /** Undefined for uses of the table and of names of it. */
  field?: string;
  uses: Api.DatasetUse[];
}

/** Which uses to show; an empty choice shows all. */
export interface UseFilter {
  text: string;
  routes: string[];
  /** False hides what reads only something made from the dataset. */
  indirect: boolean;
}

/** How much of a person's work a route takes, most first. */
const ROUTES = ['person', 'agent', 'question', 'codemod'];

/** Uses by field in the order of their names, the table itself first, and in each by place. */
export function fieldUses(uses: Api.DatasetUse[]): FieldUses[] {
  const groups = new Map<string | undefined, Api.DatasetUse[]>();
  for (const use of uses) {
    groups.set(use.field, [...(groups.get(use.field) ?? []), use]);
  }
  return [...groups]
    .map(([field, found]) => ({ field, uses: found.sort(byPlace) }))
    .sort((one, other) => (one.field ?? '').localeCompare(other.field ?? ''));
}

function byPlace(one: Api.DatasetUse, other: Api.DatasetUse): number {
  return (
    one.place.path.localeCompare(other.place.path) ||
    one.place.line - other.place.line ||
    one.place.column - other.place.column
  );
}

export function filterUses(
  uses: Api.DatasetUse[],
  filter: UseFilter,
): Api.DatasetUse[] {
  const wanted = filter.text.trim().toLowerCase();
  return uses.filter(
    use =>
      (filter.indirect || !use.indirect) &&
      (filter.routes.length === 0 || filter.routes.includes(use.route)) &&
      (wanted === '' || searchText(use).includes(wanted)),
  );
}

function searchText(use: Api.DatasetUse): string {
  const names = [...(use.via ?? []), ...(use.outputs ?? [])].map(
    each => each.name ?? '',
  );
  return [use.field ?? '', use.place.path, use.context, use.snippet, ...names]
    .join('\n')
    .toLowerCase();
}

/** How many uses take each route; what needs people comes first. Indirect uses take none. */
export function routeCounts(
  uses: Api.DatasetUse[],
): { route: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const use of uses) {
    if (!use.indirect) {
      counts.set(use.route, (counts.get(use.route) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([route, count]) => ({ route, count }))
    .sort(
      (one, other) => ROUTES.indexOf(one.route) - ROUTES.indexOf(other.route),
    );
}

/** `path:line:column`, as editors and compilers write it. */
export function placeText(place: Api.Place): string {
  return `${place.path}:${place.line}:${place.column}`;
}
