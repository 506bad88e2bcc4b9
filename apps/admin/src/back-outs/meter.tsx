import type { Progress } from '../api/release-queries.ts';
import featureStyles from '../features/features.module.css';

interface MeterProps {
  readonly progress: Progress;
  readonly label: string;
}

export function Meter({ progress: { applied, concerned }, label }: MeterProps) {
  return <meter className={featureStyles.meter} aria-label={label} min={0} max={concerned} value={applied} />;
}
