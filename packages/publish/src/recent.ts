/** So many answers are kept; whoever asks for others in turn makes work, but takes no memory. */
const RECENT = 32;

/** The function with its latest answers kept. */
export function recent<K, V>(make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > RECENT && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
