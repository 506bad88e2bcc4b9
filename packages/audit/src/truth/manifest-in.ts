/** A manifest is one JSON document with a list of flags; an export has a document a line. */
export function manifestIn(text: string): unknown {
  try {
    const whole = JSON.parse(text) as { readonly flags?: unknown } | null;
    return Array.isArray(whole?.flags) ? whole : undefined;
  } catch {
    return undefined;
  }
}
