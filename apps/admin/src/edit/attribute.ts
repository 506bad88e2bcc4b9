/** What a condition looks at, as people write it: `org` is the key of the org, `org.plan` its attribute, dots go deeper. */
export interface Attribute {
  readonly kind: string;
  readonly path: readonly string[];
}

const keyPath = ['key'];

/** A dot inside a name is written `\.`. */
export function attributeWords({ kind, path }: Attribute): string {
  if (isKey(path)) return kind;
  return [kind, ...path.map((part) => part.replace(/[\\.]/g, '\\$&'))].join('.');
}

/** Undefined when it names no kind. */
export function parseAttribute(text: string): Attribute | undefined {
  const parts =
    text
      .trim()
      .match(/(?:\\.|[^.\\])+/g)
      ?.map((part) => part.replace(/\\(.)/g, '$1').trim()) ?? [];
  const [kind, ...path] = parts.filter(Boolean);
  if (!kind || !/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(kind)) return undefined;
  return { kind, path: path.length > 0 ? path : keyPath };
}

export function isKey(path: readonly string[]): boolean {
  return path.length === 1 && path[0] === 'key';
}
