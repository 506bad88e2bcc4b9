/**
 * The door to storage. `transact` runs one synchronous transaction (read, apply, write; nothing awaits inside) on the writing
 * connection; `query` reads on a second, read-only connection and never waits for a writer.
 */
export interface Database<Schema> {
  transact<T>(work: (tx: Schema) => T): T;
  query<T>(read: (tables: Schema) => T): T;
  /** Closes both connections. */
  close(): void;
}
