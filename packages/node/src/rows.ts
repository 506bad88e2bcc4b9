import { combineRows, coreRows } from '@taffrail/engine';
import { matchesRows } from '@taffrail/engine/matches';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';

/** All that an engine can do, for a process that pays for memory and not for bytes on a wire. */
export const rows = combineRows(coreRows, versionRows, networkRows, matchesRows);
