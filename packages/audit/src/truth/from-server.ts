import type { FlagDefinition } from '@taffrail/schema';
import { flagsOfSnapshot } from './from-snapshot.ts';
import { truthOf, type KnownFlag, type Truth } from './known-flag.ts';

export interface ServerAnswers {
  /** The server and the project, for people. */
  readonly source: string;
  readonly definitions: readonly FlagDefinition[];
  readonly archived: readonly FlagDefinition[];
  /** The export of an environment, if one was chosen: it tells what flags serve while off. */
  readonly snapshot?: string;
}

/** What a server knows of flags. */
export function truthOfServer({ source, definitions, archived, snapshot }: ServerAnswers): Truth {
  const off = new Map((snapshot === undefined ? [] : flagsOfSnapshot(source, snapshot)).map((flag) => [flag.key, flag.off]));
  const present = definitions.map((definition) => knownOf(definition, false));
  return truthOf(source, [
    ...archived.map((definition) => knownOf(definition, true)),
    ...present.map((flag) => {
      const served = off.get(flag.key);
      return served === undefined ? flag : { ...flag, off: served };
    }),
  ]);
}

function knownOf({ key, type, owner, expiresOn }: FlagDefinition, archived: boolean): KnownFlag {
  return { key, type, owner, archived, ...(expiresOn === undefined ? {} : { expiresOn }) };
}
