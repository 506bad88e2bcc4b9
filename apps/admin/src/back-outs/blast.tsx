import type { Preview } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { Who } from '../publish/who.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Table } from '../ui/page.tsx';
import { installNames } from '../words/affected-words.ts';
import { count, grouped, someOf } from '../words/numbers.ts';
import styles from './back-outs.module.css';

type InstallsAffected = NonNullable<Preview['installs']>[number];

interface BlastProps {
  readonly scope: Scope;
  readonly preview: Preview | undefined;
  readonly error: unknown;
  /** Whether enough is said to ask. */
  readonly isAsked: boolean;
}

interface Reached {
  readonly release: string;
  readonly revision: string;
  readonly installs: InstallsAffected | undefined;
}

/** Whom it reaches: which releases get which revision, and the installs that run them, by name. */
export function Blast({ scope, preview, error, isAsked }: BlastProps) {
  if (!isAsked) return <p className={styles.quiet}>Say which flags, and you see whom it reaches.</p>;
  const reached = preview ? reachedBy(preview) : [];
  const run = reached.filter(({ installs }) => installs !== undefined);
  const others = reached.filter(({ installs }) => installs === undefined);
  const { installs: _, ...rest } = preview ?? {};
  return (
    <section className={styles.blast} aria-label="Whom it reaches">
      {run.length > 0 && (
        <Table label="Releases that get a shipment" head={['Release', 'Gets', 'Installs']}>
          {run.map(({ release, revision, installs }) => (
            <tr key={release}>
              <td className={styles.key}>
                <Link href={pages.release.href({ ...scope, release })}>
                  <b>{release}</b>
                </Link>
              </td>
              <td data-label="Gets">{revision}</td>
              <td data-label="Installs">{installs && installsWords(installs)}</td>
            </tr>
          ))}
        </Table>
      )}
      {others.length > 0 && <p>{othersWords(others, run.length)}</p>}
      <Who preview={preview && ({ ...rest, narrowing: false } as Preview)} error={error} />
    </section>
  );
}

/** `r2 issued: BO-1 (required) turns ui off`: the revision stands first. */
function reachedBy({ changes, installs = [] }: Preview): Reached[] {
  return changes
    .filter(({ kind }) => kind === 'shipment.issued')
    .map(({ key, summary }) => ({
      release: key,
      revision: summary.split(' ')[0] ?? '',
      installs: installs.find(({ release, connected, airGapped }) => release === key && connected + airGapped > 0),
    }))
    .toReversed();
}

function installsWords({ connected, airGapped, names }: InstallsAffected): string {
  const carried = airGapped > 0 ? `, ${grouped(airGapped)} air-gapped` : '';
  return `${grouped(connected)} connected${carried}: ${installNames(names, connected + airGapped)}`;
}

/** `2 more releases get a shipment, and no known install runs them: 8.4.1 r2 and 8.4.0 r2`. */
function othersWords(others: readonly Reached[], run: number): string {
  const named = someOf(others.map(({ release, revision }) => `${release} ${revision}`));
  const [get, them] = others.length === 1 ? ['gets', 'it'] : ['get', 'them'];
  return `${count(others.length, run > 0 ? 'more release' : 'release')} ${get} a shipment, and no known install runs ${them}: ${named}`;
}
