import Skeleton from '@material-ui/lab/Skeleton';

/** The shape of rows that are on their way. */
export function LoadingRows(props: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={props.label ?? 'Loading'}>
      {Array.from({ length: props.rows ?? 6 }, (_, index) => (
        <Skeleton
          key={index}
          height={36}
          width={index % 3 === 2 ? '85%' : '100%'}
        />
      ))}
    </div>
  );
}
