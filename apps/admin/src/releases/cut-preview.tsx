import type { Preview, ReleaseWhy } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { flagsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Who } from '../publish/who.tsx';
import { count } from '../words/numbers.ts';
import { Cell } from './cell.tsx';
import styles from './cut-sheet.module.css';
import { type Frozen, frozenIn } from './frozen.ts';
import type { Cut } from './use-cut.ts';

interface CutPreviewProps {
  readonly scope: Scope;
  readonly cut: Cut;
}

interface Group {
  readonly whys: readonly ReleaseWhy[];
  readonly summary: string;
  readonly about: string;
}

/** In the order in which a reader asks. */
const groups: readonly Group[] = [
  { whys: ['ga', 'onprem:on'], summary: 'on', about: 'for everybody' },
  { whys: ['dark'], summary: 'off (dark)', about: 'dark: off until another release' },
  { whys: ['onprem:opt-in'], summary: 'off until a site asks for it', about: 'off until a site asks for it' },
  { whys: ['onprem:rules'], summary: 'by rules', about: 'served as rules say' },
];

/** What each flag would be in the release and why, and what whoever cuts it should know. */
export function CutPreview({ scope, cut: { preview, error } }: CutPreviewProps) {
  const frozen = preview && frozenIn(preview);
  if (preview && preview.changes.length === 0)
    return <p role="status">It was cut from the very same before: nothing would change.</p>;
  return (
    <section className={styles.preview} aria-label="What would be frozen">
      {frozen && <Frozens scope={scope} frozen={frozen} />}
      <Who preview={preview && withoutCount(preview)} error={error} />
    </section>
  );
}

/** Cutting gives no hosted context anything: how many are counted says nothing. */
const withoutCount = (preview: Preview): Preview => ({ ...preview, narrowing: false });

function Frozens({ scope, frozen: { environment, entries } }: { readonly scope: Scope; readonly frozen: Frozen }) {
  const { data } = useQuery(flagsQuery(scope));
  const hosted = new Map(data?.flags.map((row) => [row.definition.key, row.environments[environment]?.summary]));
  return (
    <>
      <p>
        {count(entries.length, 'flag')}, as {environment} is now:
      </p>
      {groups.map(({ whys, summary, about }) => {
        const here = entries.filter(({ why }) => whys.includes(why));
        if (here.length === 0) return null;
        return (
          <details key={about} className={styles.group} open={here.length <= 12}>
            <summary>
              <Cell scope={scope} summary={summary} /> {count(here.length, 'flag')} {about}
            </summary>
            <ul>
              {here.map(({ key, why }) => (
                <li key={key}>
                  <b>{key}</b> <span className={styles.why}>{whyWords(why, hosted.get(key))}</span>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

/** `hosted: 10 % of org, so dark here`. */
function whyWords(why: ReleaseWhy, hosted: string | undefined): string {
  if (why === 'ga') return 'ga';
  if (why !== 'dark') return 'by its policy for releases';
  return hosted === undefined || hosted === 'off' ? 'off hosted too' : `hosted: ${hosted}, so dark here`;
}
