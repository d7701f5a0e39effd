import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import HelpIcon from '@material-ui/icons/HelpOutline';
import RemoveIcon from '@material-ui/icons/Remove';
import { Tone } from '../../lib/progressSegments';
import { useTones } from '../Shared/useTones';

const LOOKS: Record<
  string,
  { Icon: typeof CheckIcon; tone: Tone; name: string }
> = {
  passed: { Icon: CheckIcon, tone: 'good', name: 'passed' },
  failed: { Icon: CloseIcon, tone: 'failing', name: 'failed' },
  inconclusive: { Icon: HelpIcon, tone: 'needs-you', name: 'inconclusive' },
  'not-run': { Icon: RemoveIcon, tone: 'quiet', name: 'not run' },
};

/** A sign for a verdict that also has a name for those who do not see it. */
export function VerdictIcon(props: { verdict: string }) {
  const tones = useTones();
  const { Icon, tone, name } = Object.hasOwn(LOOKS, props.verdict)
    ? LOOKS[props.verdict]
    : LOOKS['not-run'];
  return (
    <Icon
      fontSize="small"
      style={{ color: tones[tone], flex: 'none' }}
      titleAccess={name}
    />
  );
}
