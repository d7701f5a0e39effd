export * from './createAgentRunAction';
export * from './createDiscoverAction';
export * from './createPublishAction';
export * from './createRollbackAction';
export * from './createSimulateAction';
