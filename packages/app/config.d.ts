export interface Config {
  /** Users that the demo's sign-in page offers. Absent in production. */
  datasetMigrationDemo?: {
    users: Array<{
      /**
       * Auth provider id, also listed under `auth.providers`.
       * @visibility frontend
       */
      provider: string;
      /** @visibility frontend */
      title: string;
      /** @visibility frontend */
      description: string;
      /** Catalog user that the provider signs in as. */
      userEntityRef: string;
    }>;
  };
}
