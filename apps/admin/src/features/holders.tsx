import type { Environment, Feature } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { type Standing, whoHasFeatureQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Bone } from '../ui/states.tsx';
import { count, grouped, someOf } from '../words/numbers.ts';
import styles from './features.module.css';

interface HoldersProps {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
  readonly standing: Standing;
}

/** Who has the feature here, of those that are known, by name. */
export function Holders({ scope, feature, environment, standing }: HoldersProps) {
  const { data: kinds } = useQuery(whoHasFeatureQuery(scope, feature.key, environment.key));
  return (
    <div className={styles.fact}>
      <h3>Who has it</h3>
      {!kinds && (
        <div className={styles.counting}>
          <Bone width="200px" />
          <Bone width="320px" />
        </div>
      )}
      {kinds?.map((kind) => (
        <Kind key={kind.kind} {...kind} />
      ))}
      {kinds?.length === 0 && (
        <p>{standing.stage === 'dark' ? 'Nobody.' : 'Nobody is known here. Import contexts to see who.'}</p>
      )}
    </div>
  );
}

interface KindProps {
  readonly kind: string;
  readonly known: number;
  readonly has: number;
  readonly keys: readonly string[];
  readonly some: number;
}

function Kind({ kind, known, has, keys, some }: KindProps) {
  return (
    <div>
      <p>
        <b>
          {grouped(has)} of {count(known, `known ${kind}`)}
        </b>
        {has > 0 && `: ${someOf(keys, has)}`}
      </p>
      <meter className={styles.meter} aria-label={`Share of known ${kind}s`} min={0} max={Math.max(1, known)} value={has} />
      {some > 0 && <p className={styles.some}>{count(some, kind)} more have some of its flags, not all.</p>}
    </div>
  );
}
