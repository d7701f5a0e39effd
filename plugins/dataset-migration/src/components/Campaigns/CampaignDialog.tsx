import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { useAction } from '../../hooks/useAction';
import { useMigrationApi } from '../../hooks/useMigrationApi';
import { campaignName, isCampaignName } from '../../lib/campaignName';
import { FailureNote } from '../Shared/FailureNote';
import { GatedButton } from '../Shared/GatedButton';
import { DatasetChooser } from './DatasetChooser';
import { Field } from '../Shared/Field';

interface CampaignDialogProps {
  open: boolean;
  onClose: () => void;
  onCreated: (campaign: Api.Campaign) => void;
}

/** Names a campaign and chooses its datasets. Nothing starts before it is launched. */
export function CampaignDialog(props: CampaignDialogProps) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="campaign-title"
    >
      <DialogTitle id="campaign-title">New campaign</DialogTitle>
      <CampaignForm {...props} />
    </Dialog>
  );
}

/** Mounted anew for each opening, so that it begins empty. */
function CampaignForm(props: CampaignDialogProps) {
  const api = useMigrationApi();
  const [title, setTitle] = useState('');
  const [ownName, setOwnName] = useState<string>();
  const [datasets, setDatasets] = useState<string[]>([]);
  const name = ownName ?? campaignName(title);
  const create = useAction(async () => {
    props.onCreated(
      await api.createCampaign({
        body: { name, title: title.trim(), datasets },
      }),
    );
  });
  return (
    <>
      <DialogContent>
        <Box display="flex" mb={2} style={{ gap: 16 }}>
          <Field
            label="Title"
            value={title}
            onChange={event => setTitle(event.target.value)}
            size="small"
            fullWidth
            required
          />
          <Field
            label="Name"
            value={name}
            onChange={event => setOwnName(event.target.value)}
            size="small"
            fullWidth
            required
            error={name !== '' && !isCampaignName(name)}
            helperText="Lower case letters, digits and hyphens; for links and files"
          />
        </Box>
        <DatasetChooser chosen={datasets} onChange={setDatasets} />
        <FailureNote what="Making the campaign" error={create.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>Leave it</Button>
        <GatedButton
          variant="contained"
          color="primary"
          refusal={refusal(title, name, datasets)}
          busy={create.busy}
          onClick={() => create.run()}
        >
          Make a draft with {datasets.length}{' '}
          {datasets.length === 1 ? 'dataset' : 'datasets'}
        </GatedButton>
      </DialogActions>
    </>
  );
}

function refusal(
  title: string,
  name: string,
  datasets: string[],
): string | undefined {
  if (!title.trim()) {
    return 'Give the campaign a title.';
  }
  if (!isCampaignName(name)) {
    return 'The name has lower case letters, digits and hyphens, and at most 63.';
  }
  return datasets.length === 0 ? 'Choose at least one dataset.' : undefined;
}
