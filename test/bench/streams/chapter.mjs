import { idleStreams } from './idle.mjs';
import { fanOut } from './fan-out.mjs';
import { values } from './values.mjs';

export async function streams({ quick, say }) {
  say('streams that are idle');
  const idle = await idleStreams();
  say('one change to every stream');
  const spread = await fanOut(quick);
  say('edits to values in SDKs');
  const arrived = await values(quick);
  return {
    title: 'Streams',
    tables: [idle.table, spread.table, arrived.table],
    notes: [
      'The server has a process of its own; listeners and SDKs have theirs, on the same cores.',
      ...idle.notes,
      ...spread.notes,
      ...arrived.notes,
    ],
  };
}
