/** Settings that every git process of the forge gets, whatever the machine's own configuration says. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
  ['uploadpack.allowReachableSHA1InWant', 'true'],
  ['http.receivepack', 'true'],
  ['receive.autogc', 'false'],
  ['gc.auto', '0'],
  ['core.quotePath', 'false'],
  ['safe.directory', '*'],
];

/** Environment without the machine's git configuration, so that the forge behaves the same everywhere. */
export function gitEnvironment(
  extraSettings: readonly (readonly [string, string])[] = [],
): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_AUTHOR_NAME: 'GitHub',
    GIT_AUTHOR_EMAIL: 'noreply@github.com',
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
  };
  const settings = [...SETTINGS, ...extraSettings];
  environment.GIT_CONFIG_COUNT = String(settings.length);
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}
