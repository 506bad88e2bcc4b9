import type { CheckLevel, DoctorCheck } from '@taffrail/schema/doctor-bundle';
import type { Paint } from './row.ts';
import { table } from './table.ts';

const marks: Readonly<Record<CheckLevel, (paint: Paint) => string>> = {
  good: (paint) => paint.green('✓'),
  mind: (paint) => paint.yellow('!'),
  wrong: (paint) => paint.red('✗'),
};

/** A line for each thing that was looked at, and how many are not as they should be. */
export function doctorText(checks: readonly DoctorCheck[], paint: Paint): string {
  const lines = checks.map(({ about, level, message }) => [marks[level](paint), about, message]);
  return `${table(lines)}\n${sumWords(checks)}`;
}

function sumWords(checks: readonly DoctorCheck[]): string {
  const count = (level: CheckLevel): number => checks.filter((check) => check.level === level).length;
  const [wrong, mind] = [count('wrong'), count('mind')];
  if (wrong === 0 && mind === 0) return 'All is as it should be.';
  return [...(wrong > 0 ? [`${wrong} wrong`] : []), ...(mind > 0 ? [`${mind} to mind`] : [])].join(', ');
}
