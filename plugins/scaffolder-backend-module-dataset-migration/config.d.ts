export interface Config {
  datasetMigration?: {
    runTemplate?: {
      /**
       * Ships `template:default/dataset-migration-run` into the catalog. Default true; false where
       * you registered one of your own.
       */
      provide?: boolean;
    };
  };
}
