export * from './findRunner';
export * from './LocalFleet';
