import type { AuditSeverity } from '@taffrail/schema';
import type { Audit } from '../audit.ts';
import type { Finding } from '../judge.ts';
import type { Place } from '../reads/read.ts';
import type { Colours } from './colours.ts';
import { visible, visiblePath } from './visible.ts';

const plain = (text: string) => text;
const none: Colours = { red: plain, yellow: plain, cyan: plain, dim: plain };
const colourOf = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<AuditSeverity, keyof Colours>;
const mostRelated = 5;

/** A line for each finding, `file:line:column`, then what could not be looked at. */
export function textReport({ findings, notices, unmade }: Audit, colours: Colours = none): string {
  return [
    ...findings.flatMap((finding) => linesOf(finding, colours)),
    ...notices.map(({ file, sentence }) => colours.dim(`${visiblePath(file)}: ${visible(sentence)}`)),
    ...(unmade.length === 0 ? [] : [colours.dim(`Not checked, for want of what to judge by: ${unmade.join(', ')}.`)]),
  ].join('\n');
}

function linesOf({ check, severity, message, place, related = [] }: Finding, colours: Colours): string[] {
  const where = place ? `${placeText(place)}: ` : '';
  const shown = related.slice(0, mostRelated).map((one) => colours.dim(`  also ${placeText(one)}`));
  const more = related.length > mostRelated ? [colours.dim(`  and at ${related.length - mostRelated} more places`)] : [];
  return [`${where}${colours[colourOf[severity]](severity)} ${check}: ${visible(message)}`, ...shown, ...more];
}

export const placeText = ({ file, line, column }: Place): string => `${visiblePath(file)}:${line}:${column}`;
