import { eq } from 'drizzle-orm';
import type { Connection } from './connection.ts';
import { meta } from './schema.ts';

/** A fact of the database itself, or what a server has to remember over a restart. */
export function readMeta(connection: Connection, name: string): string | undefined {
  return connection.select().from(meta).where(eq(meta.name, name)).get()?.value;
}

export function writeMeta(connection: Connection, name: string, value: string): void {
  connection.insert(meta).values({ name, value }).onConflictDoUpdate({ target: meta.name, set: { value } }).run();
}
