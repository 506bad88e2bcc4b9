import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * Everything that is SQLite's own about a table. Tables are defined once over this vocabulary, so that a second dialect is a
 * second object of this shape. Instants are epoch milliseconds; lists and bodies are JSON; keys order by their bytes.
 */
export const sqlite = {
  table: sqliteTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  ms: (name: string) => integer(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  json: <T>(name: string) => text(name, { mode: 'json' }).$type<T>(),
  primaryKey,
  index,
  uniqueIndex,
};

export type Dialect = typeof sqlite;
