/** Compiles only if the installed packages bring the types that they promise. */
import migrationPlugin, {
  EntityMigrationContent,
  MigrationPage,
} from 'backstage-plugin-dataset-migration';
import backendFeature from 'backstage-plugin-dataset-migration-backend';
import {
  DatasetMapping,
  FieldMapping,
} from 'backstage-plugin-dataset-migration-common';
import { Fleet } from 'backstage-plugin-dataset-migration-node';
import scaffolderFeature from 'backstage-plugin-scaffolder-backend-module-dataset-migration';
import { main } from 'dataset-migration-agent-runner';
import { ChildParser } from 'dataset-migration-consumer-codemod';
import { proveEquivalence } from 'dataset-migration-equivalence';

/** `any` is assignable to a number and has every number assignable to it. */
type IsAny<T> = 0 extends 1 & T ? true : false;
type AllTyped<T extends unknown[]> = true extends {
  [K in keyof T]: IsAny<T[K]>;
}[number]
  ? never
  : true;

export const typed: AllTyped<
  [
    typeof migrationPlugin,
    typeof EntityMigrationContent,
    typeof MigrationPage,
    typeof backendFeature,
    typeof scaffolderFeature,
    DatasetMapping,
    Fleet,
    typeof main,
    ChildParser,
    typeof proveEquivalence,
  ]
> = true;

// @ts-expect-error -- a kind that no field mapping has
export const wrong: FieldMapping = { kind: 'unknown' };
