export * from './EmbeddedSql';
export * from './rewriteEmbedded';
export * from './sqlText';
