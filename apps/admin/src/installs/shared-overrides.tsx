import type { OverrideReport } from '@taffrail/schema';
import { literalWords } from '../edit/literals.ts';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Ago } from '../ui/time.tsx';
import type { InstallDetail } from './queries.ts';

/** What an operator shares of the site's own override file. */
export function SharedOverrides({ overrides: { at, entries } }: { readonly overrides: NonNullable<InstallDetail['overrides']> }) {
  return (
    <section className={pageStyles.section} aria-labelledby="shared-overrides">
      <h2 id="shared-overrides">Overrides at the site</h2>
      <p className={pageStyles.dim}>
        Its operator shares them; told <Ago at={at} />.
      </p>
      {entries.length > 0 && (
        <Table label="Overrides at the site" head={['Flag', 'Value', 'For', 'Until', 'Acknowledges', 'Why', 'Tag']}>
          {entries.map((entry) => (
            <OverrideLine key={entry.line} entry={entry} />
          ))}
        </Table>
      )}
    </section>
  );
}

function OverrideLine({ entry }: { readonly entry: OverrideReport }) {
  const { flag, value, orgs, expires, acknowledges = [], line, hash } = entry;
  return (
    <tr>
      <td>
        <code className={pageStyles.strong}>{flag}</code> <span className={pageStyles.dim}>line {line}</span>
      </td>
      <td data-label="Value">{literalWords(value)}</td>
      <td data-label="For">{orgs ? orgs.join(', ') : 'everyone'}</td>
      <td data-label="Until">{expires ?? 'no last day'}</td>
      <td data-label="Acknowledges">{acknowledges.join(', ')}</td>
      <td data-label="Why">{notesOf(entry)}</td>
      <td data-label="Tag">
        <code>{hash}</code>
      </td>
    </tr>
  );
}

/** What people noted beside an entry, as far as it is shared: `pilot agreed, SUP-4411, j.doe`. */
export function notesOf({ reason, ticket, setBy }: Pick<OverrideReport, 'reason' | 'ticket' | 'setBy'>): string {
  return [reason, ticket, setBy].filter(Boolean).join(', ');
}
