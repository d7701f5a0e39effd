import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';

const KEYS = [
  ['j', 'next change'],
  ['k', 'previous change'],
  ['a', 'approve the change on the screen'],
  ['x', 'skip this consumer, with a reason'],
  ['?', 'show or hide this help'],
];

/** What the keys of the review do. */
export function KeyHelp(props: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      aria-labelledby="keys-title"
    >
      <DialogTitle id="keys-title">Keys</DialogTitle>
      <DialogContent>
        <table>
          <tbody>
            {KEYS.map(([key, meaning]) => (
              <tr key={key}>
                <td style={{ paddingRight: 24 }}>
                  <kbd>{key}</kbd>
                </td>
                <td>{meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DialogContent>
    </Dialog>
  );
}
