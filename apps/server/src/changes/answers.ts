import type { Committed } from '@taffrail/schema';
import { and, eq, lt } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { answers } from '../db/schema.ts';
import { none } from '../db/tables.ts';
import { fail } from './app-error.ts';
import type { Order } from './command.ts';
import { digestOf } from './digest.ts';

const keptMs = 24 * 60 * 60 * 1000;

/** What the first order with this order's idempotency key was answered; a key that came with another order is refused. */
export function earlierAnswer(db: Connection, order: Order<unknown>): Committed | undefined {
  if (order.idempotencyKey === undefined) return undefined;
  const { org, project = none } = order.scope;
  const isIt = and(eq(answers.org, org), eq(answers.project, project), eq(answers.key, order.idempotencyKey));
  const row = db.select().from(answers).where(isIt).get();
  if (row === undefined) return undefined;
  if (row.order !== digestOfOrder(order)) {
    fail(
      'INVALID',
      'This Idempotency-Key was used for another request. Draw a new key for each change; repeat it only to retry.',
    );
  }
  return row.answer;
}

/** Keeps an answer for a day. */
export function keepAnswer(db: Connection, order: Order<unknown>, answer: Committed, now: Date): void {
  if (order.idempotencyKey === undefined) return;
  const { org, project = none } = order.scope;
  const atMs = now.getTime();
  db.delete(answers)
    .where(lt(answers.atMs, atMs - keptMs))
    .run();
  db.insert(answers)
    .values({ org, project, key: order.idempotencyKey, order: digestOfOrder(order), answer, atMs })
    .run();
}

function digestOfOrder({ command, input, actor }: Order<unknown>): string {
  return digestOf({ command: command.name, version: command.version, input, actor: actor.id });
}
