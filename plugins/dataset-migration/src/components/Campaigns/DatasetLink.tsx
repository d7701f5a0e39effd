import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Leads to the Migration tab of a dataset. */
export function DatasetLink(props: {
  dataset: string;
  query?: string;
  children: ReactNode;
}) {
  const route = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(props.dataset);
  const to = route({ kind: kind.toLowerCase(), namespace, name });
  return (
    <Link to={`${to}/migration${props.query ?? ''}`}>{props.children}</Link>
  );
}
