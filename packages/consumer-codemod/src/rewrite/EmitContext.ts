import { Tokens } from '../resolve/Tokens';
import { View } from './View';

/** What edits are made from. */
export interface EmitContext {
  tokens: Tokens;
  source: string;
  view: View;
}

/** Longer lists are broken into lines. */
export const LINE_WIDTH = 120;
