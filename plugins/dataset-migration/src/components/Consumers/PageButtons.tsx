import Box from '@material-ui/core/Box';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import NextIcon from '@material-ui/icons/ChevronRight';
import PreviousIcon from '@material-ui/icons/ChevronLeft';
import { TargetPageState } from '../../hooks/useTargetPage';

/** Which rows are shown, of how many, and the way to the others. */
export function PageButtons(props: { page: TargetPageState }) {
  const { page } = props;
  const first = page.page * page.pageSize + 1;
  const last = first + (page.value?.items.length ?? 0) - 1;
  return (
    <Box display="flex" alignItems="center" justifyContent="flex-end">
      <Typography
        variant="body2"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {first}–{last} of {page.value?.totalItems}
      </Typography>
      <IconButton
        aria-label="Previous page"
        disabled={!page.previous}
        onClick={page.previous}
      >
        <PreviousIcon />
      </IconButton>
      <IconButton
        aria-label="Next page"
        disabled={!page.next}
        onClick={page.next}
      >
        <NextIcon />
      </IconButton>
    </Box>
  );
}
