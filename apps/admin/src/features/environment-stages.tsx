import { type Environment, type Feature, type Stage, stages } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { classNames } from '../ui/class-names.ts';
import { Ago } from '../ui/time.tsx';
import { Ahead } from './ahead.tsx';
import { BackOut } from './back-out.tsx';
import styles from './features.module.css';
import { Holders } from './holders.tsx';
import { canGoTo } from './line-looks.ts';
import { MovePlan } from './move-plan.tsx';
import { StageLine } from './stage-line.tsx';
import { standingWords } from './stage-words.ts';

interface EnvironmentStagesProps {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
  readonly standing: Standing;
  /** Another person moved it a moment ago. */
  readonly hasFlashed: boolean;
}

/** Where there is nothing to back out of. */
const atRest: ReadonlySet<Standing['stage']> = new Set(['dark', 'backed-out', 'removed']);

/** A feature in one environment: the line of stages, who has it, and why it does not go on. */
export function EnvironmentStages(props: EnvironmentStagesProps) {
  const { scope, feature, environment, standing, hasFlashed } = props;
  const may = useMay(scope.org)('flag.edit', { project: scope.project, environment: environment.key });
  const isMovable = may && !feature.archivedAt && standing.stage !== 'removed';
  const asked = useTarget(environment);
  const target = isMovable && asked && canGoTo(asked, standing) ? asked : undefined;
  const choose = isMovable ? (to: Stage) => setQuery({ env: environment.key, to: to === target ? null : to }) : undefined;
  return (
    <section className={classNames(styles.environment, hasFlashed && styles.flashed)} aria-label={environment.name}>
      <header className={styles.head}>
        <h2>{environment.name}</h2>
        <Where standing={standing} />
        {!atRest.has(standing.stage) && <BackOut {...props} />}
      </header>
      <StageLine standing={standing} target={target} onChoose={choose} />
      <div className={styles.facts}>
        <Holders scope={scope} feature={feature} environment={environment} standing={standing} />
        <Ahead {...props} target={target} onChoose={choose} />
      </div>
      {standing.differs.length > 0 && <Edited differs={standing.differs} />}
      {target && <MovePlan key={target} {...props} target={target} />}
    </section>
  );
}

/** The stage that the address asks for, in the environment that it names. */
function useTarget({ key }: Environment): Stage | undefined {
  const address = useAddressQuery();
  return address.get('env') === key ? stages.find((stage) => stage === address.get('to')) : undefined;
}

function Where({ standing }: { readonly standing: Standing }) {
  const { stage, since, from, percent } = standing;
  return (
    <p className={styles.where}>
      <b className={stage === 'backed-out' ? styles.out : undefined}>{standingWords(standing)}</b>
      {stage === 'backed-out' && from && ` from ${standingWords({ stage: from, ...(percent !== undefined && { percent }) })}`}
      {since && (
        <>
          , <Ago at={since} />
        </>
      )}
    </p>
  );
}

function Edited({ differs }: Pick<Standing, 'differs'>) {
  return (
    <div className={styles.edited}>
      <p>Edited by hand since; the next move writes the stage’s rules again:</p>
      <ul>
        {differs.map(({ flag, sentence }) => (
          <li key={flag}>
            <b>{flag}</b> {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
