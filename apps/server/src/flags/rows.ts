import { combineRows, coreRows } from '@taffrail/engine';
import { matchesRows } from '@taffrail/engine/matches';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';

/** All that the engine is able to do: the server evaluates with it, and refuses to store what none of it understands. */
export const rows = combineRows(coreRows, versionRows, networkRows, matchesRows);
