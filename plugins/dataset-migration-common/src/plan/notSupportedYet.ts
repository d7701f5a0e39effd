/** One part of the plan format that this version refuses. */
export interface NotSupportedYet {
  /** Keys from the top of the document; `*` stands for any key or index. */
  path: readonly string[];
  /** Values that say what happens anyway, and therefore are taken. */
  unless?: readonly unknown[];
  /** What happens instead. */
  instead: string;
}

/**
 * Parts of the documented format that do not work yet. Each is refused with its
 * line, so that nobody relies on a key that has no effect.
 */
export const NOT_SUPPORTED_YET: readonly NotSupportedYet[] = [
  {
    path: ['spec', 'data'],
    instead: 'Move the data before you start the migration.',
  },
  {
    path: ['spec', 'mapping', 'output'],
    unless: ['keep'],
    instead: 'Output columns keep their names (output: keep).',
  },
  {
    path: ['spec', 'agent', 'use'],
    unless: ['codemod'],
    instead: 'Changes are written by the built-in codemod (use: codemod).',
  },
  {
    path: ['spec', 'agent', 'then'],
    instead: 'What the codemod cannot do goes to a person.',
  },
  {
    path: ['spec', 'verify', 'require'],
    unless: ['parses', 'resolves', 'compiles', 'equivalent'],
    instead: 'Proofs go up to equivalent.',
  },
  {
    path: ['spec', 'approval', 'by'],
    unless: ['owner'],
    instead: "The consumer's owner approves (by: owner).",
  },
  {
    path: ['spec', 'approval', 'auto', '*'],
    instead: 'Every change is approved by a person (auto: []).',
  },
  {
    path: ['spec', 'approval', 'sensitive'],
    instead: 'Every change is approved by a person.',
  },
  {
    path: ['spec', 'rollout', 'publish', 'automerge'],
    unless: [false],
    instead: 'Owners merge their pull requests (automerge: false).',
  },
  {
    path: ['spec', 'rollout', 'publish', 'draft'],
    unless: [false],
    instead: 'Pull requests are opened ready for review (draft: false).',
  },
  {
    path: ['spec', 'workflow', 'steps', '*', 'agent'],
    instead: 'Changes are written by the built-in codemod.',
  },
  {
    path: ['spec', 'workflow', 'steps', '*', 'action'],
    instead: 'Put your own actions into the template of runs.',
  },
  {
    path: ['spec', 'limits', 'budget'],
    instead: 'The codemod costs nothing.',
  },
  {
    path: ['spec', 'limits', 'resources'],
    instead: 'Set resources in the configuration of the fleet.',
  },
];
