import { InputError } from '@backstage/errors';

/**
 * Reads values of hostile origin. Every method throws an InputError that names the
 * place, such as `result.uses.3.place.line`.
 */
export class HostileInput {
  constructor(readonly value: unknown, readonly place: string) {}

  refuse(expected: string): never {
    throw new InputError(`${this.place} must be ${expected}`);
  }

  /** An object with no other keys than these. */
  object(keys: readonly string[]): Record<string, HostileInput | undefined> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.refuse('an object');
    }
    const unknown = Object.keys(value).find(key => !keys.includes(key));
    if (unknown !== undefined) {
      throw new InputError(
        `${this.place} has the unknown key ${JSON.stringify(
          unknown.slice(0, 100),
        )}`,
      );
    }
    const children: Record<string, HostileInput | undefined> = {};
    for (const [key, child] of Object.entries(value)) {
      if (child !== undefined) {
        children[key] = new HostileInput(child, `${this.place}.${key}`);
      }
    }
    return children;
  }

  /** A key of `object()` that must be there. */
  static required(
    children: Record<string, HostileInput | undefined>,
    key: string,
    parent: HostileInput,
  ): HostileInput {
    const child = children[key];
    if (!child) {
      throw new InputError(`${parent.place} needs ${key}`);
    }
    return child;
  }

  list(max: number): HostileInput[] {
    if (!Array.isArray(this.value)) {
      return this.refuse('a list');
    }
    if (this.value.length > max) {
      return this.refuse(`a list of at most ${max} items`);
    }
    return this.value.map(
      (item, index) => new HostileInput(item, `${this.place}.${index}`),
    );
  }

  /** Any values by any keys. */
  record(max: number): Array<[string, HostileInput]> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.refuse('an object');
    }
    const entries = Object.entries(value);
    if (entries.length > max) {
      return this.refuse(`an object of at most ${max} keys`);
    }
    return entries.map(([key, child]) => {
      new HostileInput(key, `a key of ${this.place}`).text(1000);
      return [
        key,
        new HostileInput(child, `${this.place}.${key.slice(0, 80)}`),
      ];
    });
  }

  text(max: number, min = 0): string {
    const { value } = this;
    if (
      typeof value !== 'string' ||
      value.length > max ||
      value.length < min ||
      value.includes('\0')
    ) {
      return this.refuse(`a text of ${min} to ${max} characters without NUL`);
    }
    return value;
  }

  matching(pattern: RegExp, expected: string, max = 1000): string {
    const text = this.text(max);
    return pattern.test(text) ? text : this.refuse(expected);
  }

  oneOf<T extends string>(values: readonly T[]): T {
    const found = values.find(value => value === this.value);
    return found ?? this.refuse(`one of ${values.join(', ')}`);
  }

  integer(min: number, max: number): number {
    const { value } = this;
    if (
      typeof value !== 'number' ||
      !Number.isInteger(value) ||
      value < min ||
      value > max
    ) {
      return this.refuse(`a whole number from ${min} to ${max}`);
    }
    return value;
  }

  boolean(): boolean {
    return typeof this.value === 'boolean'
      ? this.value
      : this.refuse('true or false');
  }

  /** Path of a file inside a repository: relative, no `..`, no `.git`. */
  filePath(): string {
    const path = this.text(1000, 1);
    const steps = path.split('/');
    const bad = steps.some(
      step =>
        step === '' ||
        step === '.' ||
        step === '..' ||
        step.toLowerCase() === '.git',
    );
    return bad || path.includes('\\')
      ? this.refuse('the relative path of a file inside the repository')
      : path;
  }

  base64(maxBytes: number): string {
    const text = this.text(Math.ceil(maxBytes / 3) * 4 + 4);
    return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
      ? text
      : this.refuse('base64');
  }
}
