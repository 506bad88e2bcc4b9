import type { Json } from '@taffrail/engine';
import type { Change, EnvironmentFlag } from '@taffrail/schema';
import { fieldDifferences } from '../edit/field-diff.ts';
import { ChangeLines } from '../publish/change-lines.tsx';
import { changeLines } from '../words/change-words.ts';
import styles from './activity.module.css';

/** One change: what it says in words, then field by field. */
export function ChangeDetail({ change }: { readonly change: Change }) {
  const { sort, key, environment, summary, before, after } = change;
  const lines = sort === 'environment-flag' && before && after ? changeLines(asFlag(before), asFlag(after)) : [];
  return (
    <div className={styles.change}>
      <h2>
        {key}
        {environment ? ` in ${environment}` : ''}
      </h2>
      {lines.length > 0 ? <ChangeLines lines={lines} /> : <p>{summary}</p>}
      {before !== undefined && after !== undefined && <Fields before={before} after={after} />}
    </div>
  );
}

function Fields({ before, after }: { readonly before: Json; readonly after: Json }) {
  const differences = fieldDifferences(before, after);
  if (differences.length === 0) return null;
  return (
    <details>
      <summary>Field by field</summary>
      <table className={styles.fields}>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, before: was, after: is }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>{text(was)}</td>
              <td>{text(is)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Histories hold documents as JSON; those of this sort are flags. */
function asFlag(document: Json): EnvironmentFlag {
  return document as unknown as EnvironmentFlag;
}

function text(value: Json | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
