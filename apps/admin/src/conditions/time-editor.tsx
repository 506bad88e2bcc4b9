import { InlineSelect } from '../ui/inline.tsx';
import inline from '../ui/inline.module.css';
import type { LeafProps } from './leaf-props.ts';
import { usePlaceOfEdit } from './place.ts';

const sides = [
  { value: 'after', label: 'it is past' },
  { value: 'before', label: 'it is before' },
] as const;

/** `it is past` a moment, shown and typed in the reader's own time zone. */
export function TimeEditor({ test: { time }, negated, onChange }: LeafProps<'time'>) {
  const { disabled } = usePlaceOfEdit();
  const isBefore = 'before' in time ? !negated : negated;
  const at = new Date('before' in time ? time.before : time.after);
  const set = (before: boolean, moment: string) =>
    onChange({ negated: false, test: { time: before ? { before: moment } : { after: moment } } });
  function move(local: string) {
    const moment = new Date(local);
    if (!Number.isNaN(moment.getTime())) set(isBefore, instant(moment));
  }
  return (
    <>
      <InlineSelect
        label="Before or past"
        options={sides}
        value={isBefore ? 'before' : 'after'}
        disabled={disabled}
        onChange={(side) => set(side === 'before', instant(at))}
      />
      <input
        type="datetime-local"
        aria-label="Moment"
        className={inline.token}
        value={localText(at)}
        disabled={disabled}
        onChange={(event) => move(event.target.value)}
      />
    </>
  );
}

function instant(at: Date): string {
  return at.toISOString().replace(/\.\d+/, '');
}

/** `YYYY-MM-DDTHH:MM` on the reader's clock. */
function localText(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
