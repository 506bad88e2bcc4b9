import { compile, type FlagSet, formatSnapshot, parseSnapshot, type Rows, type SnapshotHeader, update } from '@taffrail/engine';
import type { Laying } from './layer.ts';
import { parsePatch, patched } from './patch.ts';
import type { Identity, Taken } from './source.ts';

/** Holds the newest state. An evaluation sees one revision: a state is replaced, or brought forward, between two evaluations. */
export interface Store {
  readonly set: () => FlagSet | undefined;
  readonly identity: () => Identity | undefined;
  /** The state as text, as its origin sent it, for keeping; undefined before the first. */
  readonly text: () => string | undefined;
  /** Takes a snapshot; or a patch, if it is said what `epoch.revision` it leads to. */
  readonly take: (text: string, leadsTo?: string) => Taken;
}

type Changed = (set: FlagSet, text: string) => void;

/** `changed` is told after the state was replaced, and by what text. What is evaluated is what `laying` lays over it, if anything. */
export function createStore(rows: Rows, changed: Changed, wanted?: string, laying: Laying = nothing): Store {
  let set: FlagSet | undefined;

  function takeSnapshot(text: string): Taken {
    const { snapshot } = parseSnapshot(text);
    if (!snapshot || (wanted && environmentOf(snapshot.header) !== wanted)) return 'broken';
    if (set && !isNewer(snapshot.header, set.header)) return 'known';
    set = compile({ ...snapshot, items: laying.over(snapshot.items) }, rows);
    return 'applied';
  }

  function takePatch(text: string, leadsTo: string): Taken {
    const patch = parsePatch(text);
    if (!set || !patch || leadsTo !== `${set.header.epoch}.${patch.to}`) return 'broken';
    if (patch.to <= set.header.revision) return 'known';
    const next = patch.from === set.header.revision ? patched(set, laying, patch) : undefined;
    if (!next) return 'broken';
    update(set, next.header, next.change);
    return 'applied';
  }

  function take(text: string, leadsTo: string | undefined): Taken {
    try {
      return leadsTo === undefined ? takeSnapshot(text) : takePatch(text, leadsTo);
    } catch {
      return 'broken';
    }
  }

  return {
    set: () => set,
    identity: () => set && { ...set.header, environment: environmentOf(set.header) },
    text: () => set && formatSnapshot({ header: set.header, items: [...set.items()].map(laying.sent) }),
    take(text, leadsTo) {
      const taken = take(text, leadsTo);
      if (set && taken === 'applied') changed(set, text);
      return taken;
    },
  };
}

const nothing: Laying = { over: (items) => items, sent: (item) => item };

function environmentOf({ origin }: SnapshotHeader): string {
  return 'environment' in origin ? origin.environment : origin.release;
}

/** Revisions count within one epoch, environment and audience. Of two states of one revision, the origin's later word counts. */
function isNewer(header: SnapshotHeader, own: SnapshotHeader): boolean {
  if (line(header) !== line(own) || header.revision > own.revision) return true;
  return header.revision === own.revision && header.checksum !== own.checksum;
}

const line = ({ epoch, origin, audience }: SnapshotHeader): string => JSON.stringify([epoch, origin, audience]);
