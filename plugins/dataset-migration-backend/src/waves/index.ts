export * from './OwnerTimezones';
export * from './RolloutReader';
export * from './RolloutSlice';
export * from './WavePublisher';
export * from './rolloutView';
export * from './TakeBack';
export * from './PublishingHours';
export * from './BaseChecks';
