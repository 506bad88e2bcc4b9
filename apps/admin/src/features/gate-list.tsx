import type { Environment, Feature } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './features.module.css';
import { gateWords } from './gate-words.ts';
import { stageName } from './stage-words.ts';

/** Where gates stand. */
interface GatePlace {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
}

interface GateListProps extends GatePlace {
  readonly label: string;
  readonly standing: Standing;
  readonly gates: Standing['gates'];
  /** They are of several stages, so each says of which. */
  readonly hasStages?: boolean;
}

/** Each gate: open, or why not and where to do something about it. */
export function GateList({ label, gates, standing, hasStages = false, ...place }: GateListProps) {
  if (gates.length === 0) return null;
  return (
    <ul className={styles.gates} aria-label={label}>
      {gates.map((gate) => (
        <li key={`${gate.stage} ${gate.name}`} className={classNames(styles.gate, gate.open ? styles.open : styles.closed)}>
          <Icon name={gate.open ? 'check' : 'lock'} size={12} />
          <span title={gate.open ? gateWords(gate, standing) : undefined}>
            {hasStages && `${stageName(gate.stage)}: `}
            {gate.open ? gate.name : gateWords(gate, standing)}
            {!gate.open && <WayOf gate={gate.name} {...place} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Way {
  readonly label: string;
  hrefOf(place: GatePlace): string;
}

const details: Way = {
  label: 'Details',
  hrefOf: ({ scope, feature }) => pages.feature.href({ ...scope, feature: feature.key }, { details: 'open' }),
};

/** Where people open a gate, by its name. */
const ways: Readonly<Partial<Record<string, Way>>> = {
  audience: {
    label: 'Segments',
    hrefOf: ({ scope, environment }) => pages.segments.href(scope, { env: environment.key }),
  },
  owner: details,
  expiry: details,
};

function WayOf({ gate, ...place }: GatePlace & { readonly gate: string }) {
  const way = ways[gate];
  return way ? (
    <>
      {' '}
      <Link className={styles.way} href={way.hrefOf(place)}>
        {way.label}
      </Link>
    </>
  ) : null;
}
