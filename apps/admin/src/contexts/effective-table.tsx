import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { CheckField } from '../ui/check-field.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { grouped } from '../words/numbers.ts';
import { reasonWords } from '../words/why-words.ts';
import styles from './contexts-page.module.css';
import type { Effective } from './effective.ts';

interface EffectiveTableProps {
  readonly scope: Scope;
  /** `org:acme`, for the way to *Why?*. */
  readonly question: string;
  readonly environment: string;
  readonly values: readonly Effective[];
  readonly search: string;
}

/** Every flag with what it gives, and the sentence that says why; the flag's page answers step by step. */
export function EffectiveTable({ scope, question, environment, values, search }: EffectiveTableProps) {
  const [onlyHad, setOnlyHad] = useState(false);
  const word = search.trim().toLowerCase();
  const shown = values.filter(({ flag, hasIt }) => (hasIt || !onlyHad) && flag.key.toLowerCase().includes(word));
  const had = values.filter(({ hasIt }) => hasIt).length;
  return (
    <>
      <CheckField label={`Only the ${grouped(had)} that it has`} checked={onlyHad} onChange={setOnlyHad} />
      {shown.length === 0 && <Empty title="No flag matches" />}
      {shown.length > 0 && (
        <Table label="What it gets" head={['Flag', 'Gets', 'Why']}>
          {shown.map(({ flag, resolution, hasIt }) => (
            <tr key={flag.key} className={styles.row}>
              <td>
                <Link
                  className={pageStyles.strong}
                  href={pages.flag.href({ ...scope, flag: flag.key }, { why: question, env: environment })}
                >
                  {flag.key}
                </Link>
              </td>
              <td className={hasIt ? styles.has : pageStyles.dim}>{resolution.variant ?? 'the code default'}</td>
              <td className={styles.why}>{reasonWords(resolution, flag)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
