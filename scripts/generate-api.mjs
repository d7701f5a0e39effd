/**
 * Generates the typed client (common) and router (backend) from openapi.yaml.
 * `--check` writes nothing and fails when what is committed differs.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { parse } from 'yaml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const description = path.join(
  root,
  'plugins/dataset-migration-backend/src/schema/openapi.yaml',
);
const common = path.join(
  root,
  'plugins/dataset-migration-common/src/generated',
);
const backend = path.join(
  root,
  'plugins/dataset-migration-backend/src/generated',
);
const header =
  '// Generated from openapi.yaml by `yarn generate:api`. Do not edit.\n';

function listOperations(spec) {
  const operations = [];
  for (const [url, methods] of Object.entries(spec.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const inPlace = place =>
        (operation.parameters ?? []).filter(each => each.in === place);
      operations.push({
        id: operation.operationId,
        summary: operation.summary,
        method,
        url,
        path: inPlace('path'),
        query: inPlace('query'),
        body: Boolean(operation.requestBody),
        success: Object.keys(operation.responses).find(code =>
          code.startsWith('2'),
        ),
        json: Object.values(operation.responses).some(
          (response, index) =>
            index === 0 && response.content?.['application/json'],
        ),
      });
    }
  }
  return operations;
}

function requestType(operation) {
  const at = `operations['${operation.id}']`;
  const parts = [];
  if (operation.path.length) parts.push(`path: ${at}['parameters']['path'];`);
  if (operation.query.length) {
    const optional = operation.query.some(each => each.required) ? '' : '?';
    parts.push(`query${optional}: ${at}['parameters']['query'];`);
  }
  if (operation.body) {
    parts.push(`body: ${at}['requestBody']['content']['application/json'];`);
  }
  return `{ ${parts.join(' ')} }`;
}

function responseType(operation) {
  return operation.json
    ? `operations['${operation.id}']['responses'][${operation.success}]['content']['application/json']`
    : 'unknown';
}

function renderClient(operations) {
  const methods = operations
    .filter(operation => operation.json)
    .map(
      operation => `
  /** ${operation.summary}. */
  async ${operation.id}(request: ${requestType(
        operation,
      )}, options?: ApiCallOptions): Promise<${responseType(operation)}> {
    return this.#transport.send('${operation.method.toUpperCase()}', '${
        operation.url
      }', request, options);
  }`,
    );
  return `${header}
import { ApiCallOptions, ApiTransport } from '../api/ApiTransport';
import { operations } from './schema';

/** One method for each operation of the plugin's API; throws ResponseError on a refusal. */
export class DatasetMigrationApiClient {
  readonly #transport: ApiTransport;

  constructor(transport: ApiTransport) {
    this.#transport = transport;
  }
${methods.join('\n')}
}
`;
}

function renderModels(spec) {
  const names = Object.keys(spec.components.schemas);
  return `${header}
import { components } from './schema';

${names
  .map(name => `export type ${name} = components['schemas']['${name}'];`)
  .join('\n')}
`;
}

function renderRouter(operations) {
  const handlers = operations.map(
    operation => `
  /** ${operation.method.toUpperCase()} ${operation.url}: ${
      operation.summary
    }. */
  ${operation.id}(call: ApiCall<${requestType(operation)}>): Promise<${
      operation.json ? responseType(operation) : 'void'
    }>;`,
  );
  const routes = operations.map(operation => {
    const url = operation.url.replace(/\{(\w+)\}/g, ':$1');
    return `  route(router, '${operation.method}', '${url}', ${operation.success}, (call: Parameters<ApiHandlers['${operation.id}']>[0]) => handlers.${operation.id}(call));`;
  });
  return `${header}
import { Router } from 'express';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ApiCall, route } from '../router/route';

type operations = Api.operations;

/** What the backend has to answer, a method for each operation. */
export interface ApiHandlers {${handlers.join('\n')}
}

/** Adds every operation of the description to a router. */
export function addGeneratedRoutes(router: Router, handlers: ApiHandlers): void {
${routes.join('\n')}
}
`;
}

const spec = parse(await readFile(description, 'utf8'));
const operations = listOperations(spec);
const schema = astToString(await openapiTS(spec, { alphabetize: false }));
const outputs = [
  [path.join(common, 'schema.ts'), header + schema],
  [
    path.join(common, 'models.ts'),
    `${renderModels(spec)}\nexport type { operations } from './schema';\n`,
  ],
  [path.join(common, 'DatasetMigrationApiClient.ts'), renderClient(operations)],
  [path.join(backend, 'addGeneratedRoutes.ts'), renderRouter(operations)],
  [
    path.join(backend, 'spec.ts'),
    `${header}
import type { OpenAPIV3 } from 'express-openapi-validator/dist/framework/types';

/** The description of the API, as a value. */
export const spec: OpenAPIV3.DocumentV3 = JSON.parse(${JSON.stringify(
      JSON.stringify(spec),
    )});\n`,
  ],
];
const config = await prettier.resolveConfig(root + '/package.json');
const check = process.argv.includes('--check');
let different = 0;
for (const [file, text] of outputs) {
  const formatted = prettier.format(text, { ...config, parser: 'typescript' });
  const current = await readFile(file, 'utf8').catch(() => '');
  if (current === formatted) continue;
  different += 1;
  if (check) {
    console.error(`${path.relative(root, file)} does not match openapi.yaml`);
  } else {
    await writeFile(file, formatted);
    console.log(`wrote ${path.relative(root, file)}`);
  }
}
if (check && different) {
  console.error('Run `yarn generate:api` and commit the result.');
  process.exitCode = 1;
}
