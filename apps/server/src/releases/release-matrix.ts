import type { Contracts, QueryOf, ResponseOf } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { isSupported, lastShipment } from './find.ts';
import { rowOf, seenReleases, type Asked } from './releases.views.ts';
import { standingsIn } from './standings.ts';

type Contract = Contracts['GET /orgs/:org/projects/:project/release-matrix'];
type Matrix = ResponseOf<Contract>;

/** Releases beside each other, the last version first, and of their flags those that are not the same in all of them. */
export function releaseMatrix(state: State, { line, supported, search = '' }: QueryOf<Contract>, asked: Asked): Matrix {
  const releases = seenReleases(state, asked)
    .filter((release) => line === undefined || release.line === line)
    .filter((release) => supported === undefined || isSupported(release, asked.now));
  const words = releases.map(
    (release) => new Map(standingsIn(release, lastShipment(state, release.key)).map(({ flag, summary }) => [flag, summary])),
  );
  const sought = search.toLowerCase();
  const keys = new Set(words.flatMap((one) => [...one.keys()].filter((key) => key.toLowerCase().includes(sought))));
  const flags = [...keys].filter((key) => differs(words, key)).sort();
  return {
    releases: releases.map((release, at) => ({
      ...rowOf(state, release, asked),
      cells: flags.map((key) => words[at]?.get(key) ?? ''),
    })),
    flags,
    same: keys.size - flags.length,
    revision: state.revision,
  };
}

const differs = ([first, ...others]: readonly ReadonlyMap<string, string>[], key: string): boolean =>
  others.some((other) => other.get(key) !== first?.get(key));
