export * from './BackendStep';
export * from './createOrchestration';
export * from './JobBuilder';
export * from './OrchestrationOptions';
export * from './ReportService';
export * from './RunDispatcher';
export * from './RunLauncher';
export * from './RunOutcomes';
