import { setQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import type { View } from './views.ts';

interface EmptyListProps {
  readonly view: View;
  readonly search: string;
  readonly mayEdit: boolean;
  /** The project has no flag at all. */
  readonly isFirst: boolean;
  onShowAll(): void;
}

const emptyViews: Record<View, readonly [title: string, words: string]> = {
  all: [
    'No flags yet',
    'A flag is one decision in your code. Create it here, ask for it by its key in your code, and turn it on for whom you choose.',
  ],
  mine: ['None of the flags is yours', 'Flags whose owner is you are listed here.'],
  today: ['Nothing changed today', 'Flags that anybody changed since midnight are listed here.'],
  'clean-up': ['Nothing to clean up', 'Flags that have expired or decide nothing any more are listed here, with the reason.'],
  archived: ['Nothing is archived', 'An archived flag is unknown to SDKs. It can be restored from here.'],
};

export function EmptyList({ view, search, mayEdit, isFirst, onShowAll }: EmptyListProps) {
  if (search && !isFirst) {
    return <Empty title="No flag matches" action={<Button onClick={onShowAll}>Show all flags</Button>} />;
  }
  const [title, words] = emptyViews[view];
  const mayCreate = view === 'all' && mayEdit;
  return (
    <Empty
      title={title}
      action={
        mayCreate && (
          <Button tone="primary" icon="plus" keys="c" onClick={() => setQuery({ new: '1' })}>
            Create the first flag
          </Button>
        )
      }
    >
      {words}
    </Empty>
  );
}
