export * from './ForgeLimits';
export * from './ForgeCost';
export * from './ForgeStanding';
export * from './nextRequestAt';
export * from './forecastContent';
