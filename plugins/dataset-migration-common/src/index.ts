export * from './contract/DataContract';
export * from './mapping/DatasetMapping';
export * from './change/Finding';
export * from './change/Evidence';
export * from './run/RunJob';
export * from './run/RunResult';
