import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Addresses of the Migration tabs of datasets. */
export function useDatasetAddress(): (
  dataset: string,
  query?: string,
) => string {
  const route = useRouteRef(entityRouteRef);
  return (dataset, query = '') => {
    const { kind, namespace, name } = parseEntityRef(dataset);
    const to = route({ kind: kind.toLowerCase(), namespace, name });
    return `${to}/migration${query}`;
  };
}

/** Leads to the Migration tab of a dataset. */
export function DatasetLink(props: {
  dataset: string;
  query?: string;
  children: ReactNode;
}) {
  const address = useDatasetAddress();
  return <Link to={address(props.dataset, props.query)}>{props.children}</Link>;
}
