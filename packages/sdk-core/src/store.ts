import { type FlagSet, type Rows, type SnapshotHeader, compile, formatSnapshot, parseSnapshot, update } from '@taffrail/engine';
import { differences, itemNamed, nameOf, type Names } from './names.ts';
import { headerAfter, parsePatch } from './patch.ts';
import type { Identity, Taken } from './source.ts';

/** Holds the newest state. An evaluation sees one revision: a state is replaced, or brought forward, between two evaluations. */
export interface Store {
  readonly set: () => FlagSet | undefined;
  readonly identity: () => Identity | undefined;
  /** The state as text, for keeping; undefined before the first. */
  readonly text: () => string | undefined;
  /** Takes a snapshot; or a patch, if it is said what `epoch.revision` it leads to. */
  readonly take: (text: string, leadsTo?: string) => Taken;
}

/** `changed` is told the names of the items that differ, after the state was replaced; nothing: all of them may. */
export function createStore(rows: Rows, changed: (set: FlagSet, names?: Names) => void, wanted?: string): Store {
  let set: FlagSet | undefined;

  function takeSnapshot(text: string): Taken {
    const { snapshot } = parseSnapshot(text);
    if (!snapshot || (wanted !== undefined && environmentOf(snapshot.header) !== wanted)) return 'broken';
    if (set && !isNewer(snapshot.header, set.header)) return 'known';
    const before = set;
    set = compile(snapshot, rows);
    changed(set, before && differences(before, set));
    return 'applied';
  }

  function takePatch(text: string, leadsTo: string): Taken {
    const patch = parsePatch(text);
    if (!set || !patch || leadsTo !== `${set.header.epoch}.${patch.header.to}`) return 'broken';
    if (patch.header.to <= set.header.revision) return 'known';
    const header = patch.header.from === set.header.revision ? headerAfter(set, patch) : undefined;
    if (!header) return 'broken';
    update(set, header, { set: patch.items, del: patch.header.del.map(itemNamed) });
    changed(set, new Set([...patch.items.map(nameOf), ...patch.header.del]));
    return 'applied';
  }

  return {
    set: () => set,
    identity: () => set && identityOf(set.header),
    text: () => set && formatSnapshot({ header: set.header, items: set.items() }),
    take: (text, leadsTo) => (leadsTo === undefined ? takeSnapshot(text) : takePatch(text, leadsTo)),
  };
}

export function environmentOf({ origin }: SnapshotHeader): string {
  return 'environment' in origin ? origin.environment : origin.release;
}

function identityOf(header: SnapshotHeader): Identity {
  const { epoch, revision, checksum } = header;
  return { environment: environmentOf(header), epoch, revision, checksum };
}

/** Revisions count within one epoch, environment and audience. Of two states of one revision, the origin's later word counts. */
function isNewer(header: SnapshotHeader, own: SnapshotHeader): boolean {
  const comparable =
    header.epoch === own.epoch && header.audience === own.audience && environmentOf(header) === environmentOf(own);
  if (!comparable || header.revision > own.revision) return true;
  return header.revision === own.revision && header.checksum !== own.checksum;
}
