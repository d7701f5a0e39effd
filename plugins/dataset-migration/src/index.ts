/**
 * Migration tab and campaigns page for datasets in Backstage.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './classicPlugin';
export * from './api';
export * from './routes';
