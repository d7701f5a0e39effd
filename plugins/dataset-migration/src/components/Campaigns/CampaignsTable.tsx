import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useUrlState } from '../../hooks/useUrlState';
import { shortRef } from '../../lib/targetText';
import { ProgressBar } from '../Shared/ProgressBar';
import { RelativeTime } from '../Shared/RelativeTime';

/** Campaigns with where all their targets are. */
export function CampaignsTable(props: { campaigns: Api.Campaign[] }) {
  const url = useUrlState();
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label="Campaigns">
        <TableHead>
          <TableRow>
            <TableCell>Campaign</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Datasets</TableCell>
            <TableCell style={{ width: '40%' }}>Consumers</TableCell>
            <TableCell>By</TableCell>
            <TableCell>Made</TableCell>
          </TableRow>
        </TableHead>
        <TableBody
          style={{ fontVariantNumeric: 'tabular-nums', verticalAlign: 'top' }}
        >
          {props.campaigns.map(campaign => (
            <TableRow key={campaign.id} hover>
              <TableCell>
                <Link to={url.link({ campaign: campaign.id })}>
                  {campaign.title}
                </Link>
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="div"
                >
                  {campaign.name}
                </Typography>
              </TableCell>
              <TableCell>
                {campaign.outcome?.replace(/-/g, ' ') ?? campaign.state}
                <Typography
                  variant="caption"
                  color="textSecondary"
                  component="div"
                >
                  {campaign.progress.phase}
                </Typography>
              </TableCell>
              <TableCell align="right">{campaign.datasets.length}</TableCell>
              <TableCell>
                {campaign.progress.total > 0 ? (
                  <ProgressBar progress={campaign.progress} />
                ) : (
                  '–'
                )}
              </TableCell>
              <TableCell title={campaign.createdBy}>
                {shortRef(campaign.createdBy)}
              </TableCell>
              <TableCell>
                <RelativeTime at={campaign.createdAt} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
