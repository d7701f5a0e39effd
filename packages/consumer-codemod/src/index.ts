export * from './rewriteConsumer';
export type { RewrittenStatement } from './rewrite/FileResult';
export * from './isolate/ChildCodemod';
export * from './reasons';
export * from './parser/SqlParser';
export * from './treeSitter/CodeParser';
export * from './parser/ChildParser';
export * from './parser/InProcessParser';
