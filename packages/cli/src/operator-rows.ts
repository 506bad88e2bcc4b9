import { combineRows, coreRows } from '@taffrail/engine';
import { matchesRows } from '@taffrail/engine/matches';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';

/** Every operator that there is: what any SDK may know. */
export const rows = combineRows(coreRows, versionRows, networkRows, matchesRows);
