import { useMemo, useRef } from 'react';
import { ResponseErrorPanel } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useTargetPage } from '../../hooks/useTargetPage';
import { UrlState, useUrlState } from '../../hooks/useUrlState';
import { FILTER_NAMES, FRAMEWORKS } from '../../lib/targetQuery';
import { EmptyNote } from '../Shared/EmptyNote';
import { FailureNote } from '../Shared/FailureNote';
import { LoadingRows } from '../Shared/LoadingRows';
import { ConsumerFilters } from './ConsumerFilters';
import { ConsumersTable } from './ConsumersTable';
import { PageButtons } from './PageButtons';

const PAGE_SIZE = 50;

/** Every consumer of the migration, a page at a time, with filters in the address. */
export function ConsumersView(props: {
  migration: Api.Migration;
  live: boolean;
  revision: string;
  onOpen: (targetId: string) => void;
}) {
  const url = useUrlState();
  const query = useMemo(() => readQuery(url), [url]);
  const page = useTargetPage({
    migrationId: props.migration.id,
    query,
    pageSize: PAGE_SIZE,
    live: props.live,
    revision: props.revision,
  });
  const items = page.value?.items;
  const known = useKnownValues(items);
  const filtered = FILTER_NAMES.some(name => url.many(name).length > 0);
  return (
    <div>
      <ConsumerFilters owners={known.owners} frameworks={known.frameworks} />
      {page.error && !items && <ResponseErrorPanel error={page.error} />}
      {page.error && items && (
        <FailureNote
          what="Refreshing the list"
          error={page.error}
          advice="What you see may be old; it is tried again by itself."
        />
      )}
      {page.loading && <LoadingRows rows={10} label="Loading consumers" />}
      {items?.length === 0 && (
        <EmptyNote
          title={filtered ? 'No consumer matches' : 'No consumers yet'}
        >
          {filtered
            ? 'Remove a filter to see more.'
            : 'They appear here once the migration starts and looks for them.'}
        </EmptyNote>
      )}
      {items && items.length > 0 && (
        <>
          <ConsumersTable
            targets={items}
            selected={url.one('target')}
            onOpen={props.onOpen}
          />
          <PageButtons page={page} />
        </>
      )}
    </div>
  );
}

function readQuery(url: UrlState) {
  const many = (name: string) => {
    const values = url.many(name);
    return values.length > 0 ? values : undefined;
  };
  return {
    state: many('state'),
    outcome: many('outcome'),
    blocked: many('blocked'),
    proof: many('proof'),
    framework: many('framework'),
    owner: many('owner'),
    text: url.one('text'),
  };
}

/** Owners and frameworks seen so far, to choose from; a filter does not make the others vanish. */
function useKnownValues(items: Api.Target[] | undefined) {
  const owners = useRef(new Set<string>());
  const frameworks = useRef(new Set<string>(FRAMEWORKS));
  for (const target of items ?? []) {
    if (target.owner) {
      owners.current.add(target.owner);
    }
    if (target.framework) {
      frameworks.current.add(target.framework);
    }
  }
  return {
    owners: [...owners.current].sort(),
    frameworks: [...frameworks.current].sort(),
  };
}
