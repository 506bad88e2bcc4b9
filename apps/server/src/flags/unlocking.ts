import { fail } from '../changes/app-error.ts';
import type { Command, May, State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';

const permission = 'flag.unlock';

/** Lifting a kill is an act of its own: whatever command does it, as an undo or a rollback may, the actor must hold its permission. */
export function assertMayUnlock(state: State, writes: readonly Write[], command: Command<unknown>, may: May): void {
  if (command.permission === permission) return;
  for (const write of writes) {
    if (unlocks(state, write) && !may(permission, write.environment)) {
      fail('FORBIDDEN', `${write.key} was killed in ${write.environment}. Lifting a kill needs the permission to unlock flags.`);
    }
  }
}

/** Whether a write lifts a kill. */
export function unlocks(state: State, write: Write): boolean {
  if (!isEnvironmentFlag(write) || write.body === undefined || write.body.locked) return false;
  return state.get(write.sort, write.key, write.environment)?.body.locked === true;
}

function isEnvironmentFlag(write: Write): write is Write<'environment-flag'> {
  return write.sort === 'environment-flag';
}
