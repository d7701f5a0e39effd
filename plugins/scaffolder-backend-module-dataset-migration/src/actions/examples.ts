import { stringify } from 'yaml';

interface Example {
  description: string;
  example: string;
}

function example(
  description: string,
  action: string,
  input: Record<string, unknown>,
): Example {
  const id = action.split(':').slice(1).join('-');
  const step = { id, name: description, action, input };
  return { description, example: stringify({ steps: [step] }) };
}

export const discoverExamples = [
  example('See who reads a dataset', 'dataset-migration:discover', {
    dataset: 'resource:default/user-activity-v1',
  }),
];

export const simulateExamples = [
  example('Simulate a whole migration', 'dataset-migration:simulate', {
    migrationId: '3f1c2a44-6a5e-4f0e-9d3b-0c5b8c8f6d11',
  }),
  example(
    'Simulate one target and wait for its change',
    'dataset-migration:simulate',
    {
      migrationId: '3f1c2a44-6a5e-4f0e-9d3b-0c5b8c8f6d11',
      targetIds: ['7d0c5a0e-42a5-4d36-8f0c-2b7f7d2f9a01'],
      wait: true,
      timeoutMinutes: 30,
    },
  ),
];

export const publishExamples = [
  example('Open the approved pull requests', 'dataset-migration:publish', {
    migrationId: '3f1c2a44-6a5e-4f0e-9d3b-0c5b8c8f6d11',
    wait: true,
  }),
];

export const rollbackExamples = [
  example('Take a migration back', 'dataset-migration:rollback', {
    migrationId: '3f1c2a44-6a5e-4f0e-9d3b-0c5b8c8f6d11',
    reason: 'The new version reports wrong totals',
  }),
];

export const agentRunExamples = [
  example('Start one attempt of a run', 'dataset-migration:agent:run', {
    runId: 'c0a8a3c2-9a3e-4f8b-9f0e-5d1b7f1a2e33',
    attempt: 1,
  }),
];
