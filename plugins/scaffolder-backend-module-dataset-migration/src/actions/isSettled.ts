import { Api } from 'backstage-plugin-dataset-migration-common';

/** States in which a target moves by itself, for each action that can be waited for. */
const MOVING = {
  simulate: ['pending', 'simulating'],
  publish: ['approved', 'publishing'],
  'roll-back': ['publishing', 'reverting'],
} as const;
export type AwaitedAction = keyof typeof MOVING;

type Position = Pick<Api.TargetCount, 'state' | 'blocked'>;

/** Whether a target is still under way; one that waits for people or its wave is not. */
export function isMoving(position: Position, action: AwaitedAction): boolean {
  const moving: readonly string[] = MOVING[action];
  return (
    moving.includes(position.state) &&
    (position.blocked === undefined || position.blocked === 'retry')
  );
}
