import type { BodyOf, Connection, Contracts } from '@taffrail/schema';
import type { LineRow } from '../lines/queries.ts';
import { slugOf } from '../settings/slug.ts';

/** An install that is being written down. */
export interface InstallForm {
  readonly name: string;
  /** Absent: the one that is made of the name. */
  readonly writtenKey: string | undefined;
  readonly line: string;
  readonly connection: Connection;
  readonly note: string;
}

/** What the server gives a release of which nobody said a line. */
const usualLine = 'main';

export const connections = [
  { value: 'connected', label: 'Connected' },
  { value: 'air-gapped', label: 'Air-gapped' },
] as const;

export const connectionHints: Record<Connection, string> = {
  connected: 'It asks this server for shipments and acknowledges them.',
  'air-gapped': 'It opens no socket: people carry shipments there.',
};

export const newInstallForm: InstallForm = { name: '', writtenKey: undefined, line: '', connection: 'connected', note: '' };

export const keyOf = ({ name, writtenKey }: InstallForm): string => writtenKey ?? slugOf(name);

/** The lines that an install can follow: those that have releases, else the usual one. */
export function lineOptions(lines: readonly LineRow[]): readonly string[] {
  return lines.length > 0 ? lines.map(({ line }) => line) : [usualLine];
}

export function bodyOf(form: InstallForm): BodyOf<Contracts['POST /orgs/:org/projects/:project/installs']> {
  const { name, line, connection, note } = form;
  return { key: keyOf(form), name: name.trim(), ...(line && { line }), connection, ...(note.trim() && { note: note.trim() }) };
}
