import type { PublishBody } from '../api/queries.ts';
import type { Draft } from '../edit/draft.ts';
import { applied } from '../edit/draft.ts';
import { type ChangeLine, changeLines } from '../words/change-words.ts';
import { count } from '../words/numbers.ts';

/** What is sent for drafts: all of them as one revision, each naming the revision it was made on. */
export function orderOf(drafts: readonly Draft[], reason = ''): PublishBody {
  const edits = drafts.map(({ environment, flag, edit, revision }) => ({ environment, flag, edit, revision }));
  return reason.trim() ? { edits, reason: reason.trim() } : { edits };
}

export interface DraftWords {
  readonly draft: Draft;
  readonly lines: readonly ChangeLine[];
}

export function wordsOf(drafts: readonly Draft[]): readonly DraftWords[] {
  return drafts.map((draft) => ({ draft, lines: changeLines(draft.base, applied(draft)) }));
}

export function changeCount(words: readonly DraftWords[]): number {
  return words.reduce((sum, { lines }) => sum + lines.length, 0);
}

/** What the toast says was done. */
export function doneWords(drafts: readonly Draft[], changes: number): string {
  const [only] = drafts;
  const where =
    drafts.length === 1 && only ? `${only.flag} in ${only.environment}` : count(drafts.length, 'flag', 'flags and environments');
  return `Published ${count(changes, 'change')} of ${where}`;
}
