import { exactTime, relativeTime } from '../../lib/formatTime';

/** How long ago, with the exact time on hover. `at` in UTC epoch milliseconds. */
export function RelativeTime(props: { at: number }) {
  return (
    <time
      dateTime={new Date(props.at).toISOString()}
      title={exactTime(props.at)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {relativeTime(props.at)}
    </time>
  );
}
