import type { Preview } from '@taffrail/schema';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { affectedWords, dependentWords, featureWords, installWords, waitWords } from '../words/affected-words.ts';
import { withMoments } from '../words/time.ts';
import styles from './publish-bar.module.css';

interface WhoProps {
  readonly preview: Preview | undefined;
  readonly error: unknown;
}

/** Who is affected, who depends on it and what the server warns of: asked before, not found out after. */
export function Who({ preview, error }: WhoProps) {
  if (error) return <Refused error={error} />;
  if (!preview) return <p className={styles.who}>Working out who is affected…</p>;
  const warnings = preview.warnings;
  return (
    <ul className={styles.who} aria-label="Who is affected">
      {reachOf(preview).map((words) => (
        <li key={words}>{words}</li>
      ))}
      {warnings.map((warning) => (
        <li key={warning} className={styles.warn}>
          {warning}
        </li>
      ))}
      {waitWords(preview).map((words) => (
        <li key={words} className={styles.warn}>
          {words}
        </li>
      ))}
      {preview.narrowing && <li>Nobody gains anything.</li>}
    </ul>
  );
}

const reachOf = (preview: Preview): string[] => [
  ...featureWords(preview),
  ...affectedWords(preview.affected),
  ...installWords(preview),
  ...dependentWords(preview),
];

function Refused({ error }: { readonly error: unknown }) {
  const mistakes = mistakesOf(error);
  const said = mistakes.length > 0 ? mistakes.map(({ message }) => withMoments(message)) : [sentence(error)];
  return (
    <div className={styles.who} role="alert">
      {[...new Set(said)].map((words) => (
        <p key={words} className={styles.warn}>
          {words}
        </p>
      ))}
    </div>
  );
}
