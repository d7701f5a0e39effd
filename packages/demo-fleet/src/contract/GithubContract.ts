import Ajv, { type ValidateFunction } from 'ajv';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { readFileSync } from 'node:fs';
import { toJsonSchema, type Schema } from './toJsonSchema';

/** One request or response that GitHub's published description does not allow. */
export interface ContractViolation {
  /** e.g. `GET /repos/{owner}/{repo}` */
  readonly operation: string;
  readonly part: 'operation' | 'query' | 'request' | 'status' | 'response';
  readonly message: string;
}

interface Media {
  readonly schema?: Schema;
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Record<string, Media>;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content?: Record<string, Media>;
  };
  readonly responses: Record<string, Answer>;
}

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly parameters: Record<string, Parameter>;
    readonly responses: Record<string, Answer>;
  };
}

interface Route {
  readonly template: string;
  readonly pattern: RegExp;
  /** Characters outside parameters. */
  readonly literals: number;
  readonly operations: Record<string, Operation>;
}

// Every operation may answer so, whether its own page says it or not.
const COMMON_ERRORS = new Set([400, 401, 403, 404, 409, 413, 422, 429, 500]);
// Parameters that take the rest of a path, as GitHub's own clients treat them.
const OPEN_PARAMETERS = new Set(['path', 'ref', 'branch', 'basehead']);

function toRoute(template: string, item: Record<string, Operation>): Route {
  let literals = 0;
  const source = template
    .split(/(\{[^}]+\})/)
    .map(part => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (!name) {
        literals += part.length;
        return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      }
      return OPEN_PARAMETERS.has(name) ? '(.+?)' : '([^/]+?)';
    })
    .join('');
  return {
    template,
    pattern: new RegExp(`^${source}$`),
    literals,
    operations: item,
  };
}

/**
 * Checks requests and responses against GitHub's published OpenAPI description (`@octokit/openapi`).
 * For tests only: the description is a development dependency.
 */
export class GithubContract {
  readonly violations: ContractViolation[] = [];
  /** Operations seen, e.g. `GET /user`. */
  readonly seen = new Set<string>();
  readonly #description: Description;
  readonly #routes: Route[];
  readonly #ajv = new Ajv({
    strict: false,
    allErrors: false,
    coerceTypes: false,
    validateFormats: false,
  });
  readonly #coercing = new Ajv({
    strict: false,
    validateFormats: false,
    coerceTypes: 'array',
  });
  readonly #added = new Set<string>();
  readonly #validators = new Map<Schema, ValidateFunction>();

  private constructor(description: Description) {
    this.#description = description;
    this.#routes = Object.entries(description.paths)
      .map(([template, item]) => toRoute(template, item))
      // The template that says most about the path wins, so that an open parameter takes no more than it must.
      .sort((a, b) => b.literals - a.literals);
  }

  /** Reads the description of github.com, about 13 MB. */
  static load(): GithubContract {
    const file = require.resolve(
      '@octokit/openapi/generated/api.github.com.json',
    );
    return new GithubContract(
      JSON.parse(readFileSync(file, 'utf8')) as Description,
    );
  }

  /** Watches everything that passes; mount it where the REST API is mounted. */
  middleware(): RequestHandler {
    return (request: Request, response: Response, next: NextFunction) => {
      const path = request.path;
      const query = { ...request.query };
      const json = response.json.bind(response);
      let answer: unknown;
      response.json = (body: unknown) => {
        answer = body;
        return json(body);
      };
      response.once('finish', () =>
        this.check({
          method: request.method,
          path,
          query,
          body: request.body as unknown,
          status: response.statusCode,
          answer,
        }),
      );
      next();
    };
  }

  /** Throws with every violation since the last call, so that a test fails on them. */
  verify(): void {
    const found = this.violations.splice(0);
    if (found.length > 0) {
      throw new Error(
        found
          .map(
            ({ operation, part, message }) =>
              `${operation}: ${part}: ${message}`,
          )
          .join('\n'),
      );
    }
  }

  /** Checks one exchange and keeps what is wrong with it. */
  check(exchange: {
    method: string;
    path: string;
    query: Record<string, unknown>;
    body: unknown;
    status: number;
    answer: unknown;
  }): void {
    const found = this.#find(exchange.method, exchange.path);
    if (!found) {
      this.violations.push({
        operation: `${exchange.method} ${exchange.path}`,
        part: 'operation',
        message: 'GitHub has no such operation',
      });
      return;
    }
    const name = `${exchange.method} ${found.route.template}`;
    this.seen.add(name);
    const success = exchange.status < 400;
    if (success) {
      this.#checkQuery(name, found.operation, exchange.query);
      this.#checkBody(name, found.operation, exchange.body);
    }
    this.#checkAnswer(name, found.operation, exchange.status, exchange.answer);
  }

  #find(method: string, path: string) {
    for (const route of this.#routes) {
      const operation = route.operations[method.toLowerCase()];
      if (operation && route.pattern.test(decodeURI(path))) {
        return { route, operation };
      }
    }
    return undefined;
  }

  #checkQuery(
    name: string,
    operation: Operation,
    query: Record<string, unknown>,
  ): void {
    const known = new Map<string, Parameter>();
    for (const parameter of operation.parameters ?? []) {
      const resolved = parameter.$ref
        ? this.#description.components.parameters[
            parameter.$ref.split('/').pop() ?? ''
          ]
        : parameter;
      if (resolved.in === 'query') {
        known.set(resolved.name, resolved);
      }
    }
    for (const [key, value] of Object.entries(query)) {
      const parameter = known.get(key);
      if (!parameter) {
        this.#report(name, 'query', `unknown parameter ${key}`);
      } else if (parameter.schema) {
        const validate = this.#coercing.compile({
          type: 'object',
          properties: { value: toJsonSchema(parameter.schema) },
        });
        if (!validate({ value })) {
          this.#report(
            name,
            'query',
            `${key}: ${this.#coercing.errorsText(validate.errors)}`,
          );
        }
      }
    }
    for (const parameter of known.values()) {
      if (parameter.required && query[parameter.name] === undefined) {
        this.#report(name, 'query', `missing parameter ${parameter.name}`);
      }
    }
  }

  #checkBody(name: string, operation: Operation, body: unknown): void {
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    const empty =
      body === undefined ||
      (typeof body === 'object' &&
        body !== null &&
        Object.keys(body).length === 0);
    if (schema && (!empty || operation.requestBody?.required)) {
      this.#validate(name, 'request', schema, body ?? {});
    } else if (!schema && !empty) {
      this.#report(name, 'request', 'GitHub takes no body here');
    }
  }

  #checkAnswer(
    name: string,
    operation: Operation,
    status: number,
    answer: unknown,
  ): void {
    // Nothing else is documented for it, and it carries no body.
    if (status === 304) {
      return;
    }
    let described = operation.responses[String(status)];
    if (described?.$ref) {
      const key = described.$ref.split('/').pop() ?? '';
      described = this.#description.components.responses[key];
    }
    if (!described && !COMMON_ERRORS.has(status)) {
      this.#report(name, 'status', `${status} is not documented`);
      return;
    }
    const schema = described
      ? described.content?.['application/json']?.schema
      : { $ref: '#/components/schemas/basic-error' };
    if (schema && answer !== undefined) {
      // As the client gets it, without undefined members.
      this.#validate(
        name,
        'response',
        schema,
        JSON.parse(JSON.stringify(answer)),
      );
    } else if (!schema && answer !== undefined && status < 400) {
      this.#report(name, 'response', `${status} has no body`);
    }
  }

  #validate(
    name: string,
    part: ContractViolation['part'],
    schema: Schema,
    value: unknown,
  ): void {
    let validate = this.#validators.get(schema);
    if (!validate) {
      this.#addReferences(schema);
      validate = this.#ajv.compile(toJsonSchema(schema));
      this.#validators.set(schema, validate);
    }
    if (!validate(value)) {
      this.#report(name, part, this.#ajv.errorsText(validate.errors));
    }
  }

  #addReferences(schema: unknown): void {
    const text = JSON.stringify(schema);
    for (const match of text.matchAll(
      /"\$ref":"#\/components\/schemas\/([^"]+)"/g,
    )) {
      const id = `gh:${match[1]}`;
      if (!this.#added.has(id)) {
        this.#added.add(id);
        const component = this.#description.components.schemas[match[1]];
        this.#ajv.addSchema(toJsonSchema(component), id);
        this.#addReferences(component);
      }
    }
  }

  #report(
    operation: string,
    part: ContractViolation['part'],
    message: string,
  ): void {
    this.violations.push({ operation, part, message });
  }
}
