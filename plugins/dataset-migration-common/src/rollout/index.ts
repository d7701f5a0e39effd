export * from './RolloutTarget';
export * from './RolloutRules';
export * from './breakCycles';
export * from './orderTargets';
export * from './proposeWaves';
export * from './assignWaves';
