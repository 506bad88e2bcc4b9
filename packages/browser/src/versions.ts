export { versionRows } from '@taffrail/engine/versions';
