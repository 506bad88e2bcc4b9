import type { Connection } from './connection.ts';

/** Prepares statements once for each connection, when they are first wanted. */
export function prepared<T>(prepare: (connection: Connection) => T): (connection: Connection) => T {
  const made = new WeakMap<Connection, T>();
  return (connection) => {
    const present = made.get(connection) ?? prepare(connection);
    made.set(connection, present);
    return present;
  };
}
