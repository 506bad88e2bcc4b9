import { clashes, rebased } from '../edit/draft.ts';
import { putDraft } from '../edit/draft-store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/states.tsx';
import { changeLines, lineWords } from '../words/change-words.ts';
import type { Editor } from './editor.ts';

/** Somebody published while one was editing. What they did is said at once, not only on publishing. */
export function MovedNotice({ editor: { scope, draft, current, revision } }: { readonly editor: Editor }) {
  if (!draft) return null;
  const theirs = changeLines(draft.base, current).map(lineWords);
  const fields = clashes(draft, current);
  return (
    <Notice
      tone="warn"
      urgent
      action={
        <Button small onClick={() => putDraft(scope, rebased(draft, current, revision))}>
          {fields.length > 0 ? 'Put mine on top' : 'Go on from there'}
        </Button>
      }
    >
      Changed by somebody else meanwhile: {theirs.join('; ') || 'nothing that shows here'}.
    </Notice>
  );
}
