import type { Audit } from '../audit.ts';
import type { Finding } from '../judge.ts';
import { visible } from './visible.ts';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands of GitHub Actions: each finding becomes an annotation of its line. */
export function githubReport({ findings, notices }: Audit): string {
  const unread = notices.map(({ file, sentence }) => command('notice', { file, title: 'taffrail audit: not audited' }, sentence));
  return [...findings.map(annotation), ...unread].join('\n');
}

function annotation({ check, severity, message, place }: Finding): string {
  const title = `taffrail audit: ${check}`;
  const { file, line, column, endLine, endColumn } = place ?? {};
  // GitHub counts the last column in, and takes columns only of one line.
  const columns = line === endLine && endColumn !== undefined ? { col: column, endColumn: endColumn - 1 } : {};
  return command(commands[severity], { file, line, endLine, ...columns, title }, message);
}

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`],
  );
  return `::${name} ${given.join(',')}::${escaped(visible(message))}`;
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapedProperty = (text: string) => escaped(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
