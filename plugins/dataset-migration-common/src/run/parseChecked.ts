import { HostileInput } from './HostileInput';

/** Reads a required key. */
export function need<T>(
  parent: HostileInput,
  children: Record<string, HostileInput | undefined>,
  key: string,
  read: (child: HostileInput) => T,
): T {
  return read(HostileInput.required(children, key, parent));
}

/** Reads an optional key: an object with it, or an empty one, to be spread. */
export function maybe<K extends string, T>(
  children: Record<string, HostileInput | undefined>,
  key: K,
  read: (child: HostileInput) => T,
): Partial<Record<K, T>> {
  const child = children[key];
  return (child ? { [key]: read(child) } : {}) as Partial<Record<K, T>>;
}
