export { networkRows } from '@taffrail/engine/network';
