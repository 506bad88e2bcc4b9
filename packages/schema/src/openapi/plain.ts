/** A schema as plain JSON, with names pointing into the document's components. */
export function plain(schema: object): Record<string, object> {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    name === '$ref' ? `#/components/schemas/${String(value)}` : value,
  ) as Record<string, object>;
}
