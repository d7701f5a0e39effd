import { Theme, alpha, useTheme } from '@material-ui/core/styles';
import { Tone } from '../../lib/progressSegments';

/** The theme's colour for each meaning; nothing here has a colour of its own. */
export function toneColors(theme: Theme): Record<Tone, string> {
  const { palette } = theme;
  return {
    good: palette.success.main,
    'good-soft': alpha(palette.success.main, 0.7),
    'good-faint': alpha(palette.success.main, 0.45),
    moving: palette.info.main,
    'needs-you': palette.warning.main,
    failing: palette.error.main,
    quiet: palette.text.disabled,
    waiting: palette.action.disabledBackground,
  };
}

export function useTones(): Record<Tone, string> {
  return toneColors(useTheme());
}
