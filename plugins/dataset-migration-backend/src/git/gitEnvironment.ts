/** How to speak to one remote. The header is a secret. */
export interface GitRemote {
  /** `https://host/owner/name.git`, without user or password. */
  url: string;
  /** Value of the `Authorization` header; absent for anonymous access. */
  authorization?: string;
}

export interface GitEnvironmentOptions {
  /** An empty directory: nobody's configuration is read from it. */
  home: string;
  remote?: GitRemote;
  /** Remotes that are directories of this machine: only in tests. */
  allowFileProtocol?: boolean;
}

/**
 * The whole environment of a git process. Configuration of the machine, of the user and of
 * repositories has no say, and the credential travels as configuration in the environment,
 * because arguments are readable by every process of the machine.
 */
export function gitEnvironment(
  options: GitEnvironmentOptions,
): Record<string, string> {
  const file = options.allowFileProtocol ? 'always' : 'never';
  const settings: Array<[string, string]> = [
    ['core.hooksPath', '/dev/null'],
    ['core.attributesFile', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.quotePath', 'false'],
    ['credential.helper', ''],
    ['fetch.recurseSubmodules', 'false'],
    ['push.recurseSubmodules', 'no'],
    ['submodule.recurse', 'false'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    // Where the directory belongs to somebody else (containers), git would refuse to work.
    ['safe.directory', '*'],
    ['protocol.version', '2'],
    ['protocol.allow', 'never'],
    ['protocol.https.allow', 'always'],
    ['protocol.http.allow', 'always'],
    ['protocol.file.allow', file],
    ['http.followRedirects', 'initial'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
  ];
  if (options.remote?.authorization) {
    const { origin } = new URL(options.remote.url);
    // Bound to the origin, so that a redirect elsewhere does not carry it along.
    settings.push([
      `http.${origin}/.extraHeader`,
      `Authorization: ${options.remote.authorization}`,
    ]);
  }
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: options.home,
    XDG_CONFIG_HOME: options.home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...proxySettings(),
  };
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}

/** How the operator lets this machine reach others; git reads the same names as the backend. */
const NETWORK_VARIABLES = [
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

function proxySettings(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of NETWORK_VARIABLES) {
    const value = process.env[name];
    if (value) found[name] = value;
  }
  return found;
}

/** Takes the credential and any password in a URL out of what git said. */
export function redact(text: string, remote: GitRemote | undefined): string {
  let clean = text.replace(/(\w+:\/\/)[^/\s@]+@/g, '$1***@');
  const secrets = remote?.authorization?.split(' ').slice(-1) ?? [];
  for (const secret of secrets) {
    const decoded = Buffer.from(secret, 'base64').toString('utf8');
    const password = decoded.slice(decoded.indexOf(':') + 1);
    for (const each of [secret, decoded, password]) {
      if (each.length > 3) clean = clean.split(each).join('***');
    }
  }
  return clean;
}
