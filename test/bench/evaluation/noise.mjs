/** Numbers that look random and are the same in every process (xorshift32). */
export function noise(seed) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const word = () => next().toString(16).padStart(8, '0');
  return { below: (bound) => next() % bound, identifier: () => word() + word() + word() };
}
