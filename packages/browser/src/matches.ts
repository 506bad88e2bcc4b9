export { matchesRows } from '@taffrail/engine/matches';
