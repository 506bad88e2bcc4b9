import type { State } from '../changes/command.ts';
import { keyListOf, newestSigned } from '../signing/find.ts';
import type { LineFiles, Subject } from './line-broadcast.ts';

/** What the sites of a line that run a release may take now. A release of another line is none of theirs. */
export function lineFilesOf(state: State, { line, release }: Subject): LineFiles {
  const isOfLine = state.get('release', release)?.body.line === line;
  return { keys: keyListOf(state, line), shipment: isOfLine ? newestSigned(state, release) : undefined };
}
