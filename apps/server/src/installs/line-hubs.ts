import type { ServerResponse } from 'node:http';
import { type Door, type Goodbye, Hub } from '@taffrail/publish';
import type { State } from '../changes/command.ts';
import { PathMap } from '../streams/path-map.ts';
import { createLineBroadcast, type Held, type LineBroadcast, positionOf, type Subject } from './line-broadcast.ts';
import { lineFilesOf } from './line-files.ts';
import type { ProjectScope } from './site-place.ts';

/** Sites wait for days: they are told seldom that the stream is there still. Give or take a fifth. */
const SITE_HEARTBEAT_MS = 30_000;

/** The sites of a line that run one release. */
interface LinePlace extends ProjectScope, Subject {}

/** Who joins, and with what. */
interface SiteJoining {
  /** The id of the key. */
  readonly key: string;
  readonly gzip: boolean;
  readonly held: Held;
}

export interface LineHubsDeps {
  readonly state: (scope: ProjectScope) => State;
  readonly door: Pick<Door, 'leave'>;
  readonly random: () => number;
}

/** All open streams of sites. There is one hub for each release that some site of a line runs. */
export interface LineHubs {
  join(place: LinePlace, response: ServerResponse, joining: SiteJoining): void;
  /** Takes to every stream what it lacks, if the documents of its project are others by now. */
  advance(scope?: ProjectScope): void;
  /** Ends the streams of one key, or all; with several goodbyes each stream gets the next. */
  end(goodbyes: readonly Goodbye[], key?: string): Promise<void>;
  readonly streams: number;
  close(): void;
}

interface Open {
  readonly place: LinePlace;
  readonly broadcast: LineBroadcast;
  readonly hub: Hub;
  /** The state that was broadcast last. */
  state: State;
}

export function createLineHubs({ state, door, random }: LineHubsDeps): LineHubs {
  const hubs = new PathMap<Open>();
  const all = () => [...hubs.within()];

  function open(place: LinePlace): Open {
    const now = state(place);
    const broadcast = createLineBroadcast(place, lineFilesOf(now, place));
    const hub = new Hub({ feed: broadcast, door, random, heartbeatMs: SITE_HEARTBEAT_MS });
    const opened = { place, broadcast, hub, state: now };
    hubs.set(pathOf(place), opened);
    return opened;
  }

  function follow(opened: Open): void {
    const now = state(opened.place);
    if (now === opened.state) return;
    opened.state = now;
    opened.broadcast.bring(lineFilesOf(now, opened.place));
    void opened.hub.advance();
  }

  /** Sites name the release themselves: of what nobody runs any more nothing is kept. */
  function forgetUnused(opened: Open): void {
    const { place, hub } = opened;
    if (hub.streams > 0 || hubs.get(pathOf(place)) !== opened) return;
    hub.close();
    hubs.set(pathOf(place), undefined);
  }

  return {
    join(place, response, { key, gzip, held }) {
      const found = hubs.get(pathOf(place)) ?? open(place);
      found.hub.join(response, { key, gzip, from: positionOf(held) });
      response.once('close', () => forgetUnused(found));
    },
    advance: (scope) => [...hubs.within(scope && [scope.org, scope.project])].forEach(follow),
    end: async (goodbyes, key) => void (await Promise.all(all().map(({ hub }) => hub.end(goodbyes, key)))),
    get streams() {
      return all().reduce((sum, { hub }) => sum + hub.streams, 0);
    },
    close: () => all().forEach(({ hub }) => hub.close()),
  };
}

const pathOf = ({ org, project, line, release }: LinePlace) => [org, project, line, release];
