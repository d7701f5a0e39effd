import schema from './migration-plan.schema.json';

/**
 * JSON Schema 2020-12 of `MigrationPlan`, for editors and for our own check. Parts
 * of the format that do not work yet are not in it.
 */
export const MIGRATION_PLAN_SCHEMA: Record<string, unknown> = schema;
