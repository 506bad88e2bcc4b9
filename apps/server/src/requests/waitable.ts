import { contracts, type Contract, type Operation, type RequestDocument } from '@taffrail/schema';
import type { CommandRoute, Route } from '../http/route.ts';
import type { Input } from './asked.ts';

/** A command that may wait as a request, and what its route says of it. */
export interface Waitable {
  readonly key: Operation;
  readonly contract: Contract;
  readonly row: CommandRoute<Input>;
}

/** The commands that may wait, as this server knows them. */
export type Waitables = (command: RequestDocument['command']) => Waitable | undefined;

/** What may wait: the commands of a project. Those of the organization decide about people, not about flags. */
export function mayWait({ scope }: { readonly scope?: unknown }, isInProject: boolean): boolean {
  return isInProject && scope === undefined;
}

/** The commands among routes that may wait. One of another version than the stored one is not known: it would mean something else. */
export function waitablesOf(routes: readonly Route[]): Waitables {
  const rows = routes.flatMap(({ key, command: row }) =>
    row && mayWait(row, key.includes('/:project')) ? [{ key, contract: contracts[key], row }] : [],
  );
  const byName = new Map<string, Waitable>(rows.map((waitable) => [waitable.row.command.name, waitable]));
  return ({ name, version }) => {
    const found = byName.get(name);
    return found?.row.command.version === version ? found : undefined;
  };
}

/** Where the command's own permission is asked for: the environments that its input names, or else the project. */
export function placesOf(row: Pick<CommandRoute<Input>, 'environments'>, input: Input): readonly (string | undefined)[] {
  const { environment } = input;
  return row.environments?.(input) ?? [typeof environment === 'string' ? environment : undefined];
}
