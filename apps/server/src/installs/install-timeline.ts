import type { Contracts, Install, QueryOf, ResponseOf, ShipmentDocument } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { byVersion } from '../releases/versions.ts';
import type { Acknowledged } from './acknowledged.ts';
import { evenly } from './evenly.ts';
import { issuedBy } from './find.ts';
import { instant, type Seen } from './rows.ts';
import type { Site } from './site.ts';

type Key = 'GET /orgs/:org/projects/:project/install-timeline';
type Timeline = ResponseOf<Contracts[Key]>;
type Query = QueryOf<Contracts[Key]>;

/** From some instant on one install more runs a shipment, or one less. */
interface Step {
  readonly atMs: number;
  readonly digest: string;
  readonly by: 1 | -1;
}

/** How many installs were on each shipment over time; one that runs what this server never issued counts for none. */
export function installTimeline({ state, sites, now }: Seen, { line, from, to }: Query): Timeline {
  const installs = state.list('install').flatMap(({ body }) => (line === undefined || body.line === line ? [body] : []));
  const steps = installs.flatMap((install) => stepsOf(install, sites.get(install.key))).sort((a, b) => a.atMs - b.atMs);
  const shipments = shipmentsIn(state, steps);
  const toMs = to === undefined ? now.getTime() : Date.parse(to);
  const fromMs = from === undefined ? (steps[0]?.atMs ?? toMs) : Date.parse(from);
  return {
    shipments: shipments.map(({ release, revision }) => ({ release, revision })),
    points: pointsOf(steps, shipments, evenly(fromMs, toMs)),
    revision: state.revision,
  };
}

/** What an install ran, one after the other, and that it runs nothing once it is retired. */
function stepsOf({ retiredAt }: Install, site: Site | undefined): Step[] {
  const said = saidInTurn(site);
  const endMs = retiredAt === undefined ? undefined : Date.parse(retiredAt);
  return said.flatMap(({ digest, acknowledgedMs }, turn): Step[] => {
    const leftMs = said[turn + 1]?.acknowledgedMs ?? endMs;
    const came: Step = { atMs: acknowledgedMs, digest, by: 1 };
    return leftMs === undefined ? [came] : [came, { atMs: leftMs, digest, by: -1 }];
  });
}

/** The first times of each; and the newest, if that is a return to an earlier one. */
function saidInTurn(site: Site | undefined): readonly Acknowledged[] {
  if (site?.newest === undefined) return [];
  const { acknowledged, newest } = site;
  return acknowledged.at(-1)?.digest === newest.digest ? acknowledged : [...acknowledged, newest];
}

/** The lowest first. */
function shipmentsIn(state: State, steps: readonly Step[]): ShipmentDocument[] {
  const issued = issuedBy(state);
  const named = [...new Set(steps.map(({ digest }) => digest))].flatMap((digest) => issued.get(digest) ?? []);
  return named.sort((a, b) => byVersion(a.release, b.release) || a.revision - b.revision);
}

function pointsOf(steps: readonly Step[], shipments: readonly ShipmentDocument[], atsMs: readonly number[]): Timeline['points'] {
  const places = new Map(shipments.map(({ digest }, place) => [digest, place]));
  const installs = shipments.map(() => 0);
  let next = 0;
  return atsMs.map((atMs) => {
    for (let step = steps[next]; step !== undefined && step.atMs <= atMs; step = steps[++next]) {
      const place = places.get(step.digest);
      if (place !== undefined) installs[place] = (installs[place] ?? 0) + step.by;
    }
    return { at: instant(atMs), installs: [...installs] };
  });
}
