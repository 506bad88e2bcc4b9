/**
 * The door to storage. `transact` runs one synchronous transaction (read, apply, write; nothing awaits inside) on the writing
 * connection; `query` reads on a second, read-only connection and never waits for a writer.
 */
export interface Database<Connection> {
  /**
   * All or nothing. A transaction within a transaction is part of it: its own writes vanish if it throws, all vanish if the
   * outer one does. Throws `STORAGE_FAILED` if the disk refuses; then nothing was written, and the next one starts afresh.
   */
  transact<T>(work: (connection: Connection) => T): T;
  /** Reads at one instant: the last commit or, within a transaction, what that has written so far. */
  query<T>(read: (connection: Connection) => T): T;
  /** Runs once the outermost open transaction is on disk, in order of asking; never if that transaction is rolled back. */
  afterCommit(effect: () => void): void;
  /** Closes both connections. */
  close(): void;
}
