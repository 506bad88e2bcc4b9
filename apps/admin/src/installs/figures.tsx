import { Link } from '../routes/link.tsx';
import { searchWith, useQuery as useAddressQuery } from '../routes/location.ts';
import { classNames } from '../ui/class-names.ts';
import { grouped } from '../words/numbers.ts';
import styles from './installs.module.css';
import type { InstallList } from './queries.ts';
import { asStanding, standingOrder, standings } from './standing-words.ts';

/** How many stand how. Each leads to those that it counts. */
export function Figures({ counts }: { readonly counts: InstallList['counts'] }) {
  const shown = asStanding(useAddressQuery().get('standing'));
  const all = standingOrder.reduce((installs, standing) => installs + counts[standing], 0);
  return (
    <ul className={styles.figures} aria-label="How installs stand">
      <Figure name="All" means="All installs." installs={all} standing={null} isShown={shown === undefined} />
      {standingOrder.map((standing) => (
        <Figure
          key={standing}
          {...standings[standing]}
          installs={counts[standing]}
          standing={standing}
          isShown={shown === standing}
        />
      ))}
      <li className={styles.figure} title="A stream of it is open now.">
        <b>{grouped(counts.online)}</b>
        <span>Online now</span>
      </li>
    </ul>
  );
}

interface FigureProps {
  readonly name: string;
  readonly means: string;
  readonly installs: number;
  readonly standing: string | null;
  readonly isShown: boolean;
}

function Figure({ name, means, installs, standing, isShown }: FigureProps) {
  useAddressQuery();
  return (
    <li>
      <Link
        replace
        className={classNames(styles.figure, styles.choice)}
        href={location.pathname + searchWith(location.search, { standing, retired: null, after: null })}
        title={means}
        aria-current={isShown ? 'true' : undefined}
      >
        <b>{grouped(installs)}</b>
        <span className={styles.standing} data-standing={standing}>
          {name}
        </span>
      </Link>
    </li>
  );
}
