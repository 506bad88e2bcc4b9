import type { TSchema } from 'typebox';
import { contextKey, contextKind, flagKey, id, revision, slug } from './atoms.ts';
import { backOutKey, version } from './release.ts';

/** The parameters that stand in paths, by name. */
export const pathParameters: Readonly<Record<string, TSchema>> = {
  org: slug,
  project: slug,
  environment: slug,
  flag: flagKey,
  segment: flagKey,
  feature: flagKey,
  release: version,
  backOut: backOutKey,
  install: slug,
  kind: contextKind,
  key: contextKey,
  member: id,
  invitation: id,
  token: id,
  request: id,
  revision,
  seq: revision,
};
