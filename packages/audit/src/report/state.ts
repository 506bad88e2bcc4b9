import { auditSeverities } from '@taffrail/schema';
import type { Audit } from '../audit.ts';
import { visible } from './visible.ts';

/** The last line of every audit: what it came to. */
export function stateLine({ state, findings, reads, files, suppressed }: Audit): string {
  const flags = new Set(reads.flatMap(({ key }) => key ?? [])).size;
  const weights = auditSeverities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  const found = weights.length === 0 ? 'no findings' : weights.join(', ');
  const known = suppressed === 0 ? '' : `, ${suppressed} suppressed`;
  return `${state}: ${found}${known}; ${counted(flags, 'flag')} read at ${counted(reads.length, 'place')} in ${counted(files, 'file')}`;
}

/** The last line of an audit that came to nothing. */
export const noStateLine = (sentences: string): string => `could not audit: ${sentences.split('\n').map(visible).join('; ')}`;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
