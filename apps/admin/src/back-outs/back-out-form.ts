import { compareVersions, parseVersion, parseVersionRange } from '@taffrail/engine/versions';
import type { BodyOf, Contracts } from '@taffrail/schema';
import type { ReleasesOfFlag } from '../api/release-queries.ts';
import type { Severity } from './severity-words.ts';

/** What is said of a back-out before it is made. */
export interface BackOutForm {
  readonly flags: readonly string[];
  /** Instead of flags: all of a feature's. */
  readonly feature: string | undefined;
  readonly releases: string;
  readonly severity: Severity;
  /** What is wrong, as every site is told. */
  readonly because: string;
  readonly link: string;
}

export type BackOutBody = BodyOf<Contracts['POST /orgs/:org/projects/:project/back-outs']>;

/** A preview is asked for before anybody has said what is wrong. */
const becauseOfPreview = 'to see what it would do';

/** What is wrong with a range of versions, in the words of who types it. */
export function rangeMistake(range: string): string | undefined {
  if (range.trim() === '') return 'Say in which releases.';
  return parseVersionRange(range) ? undefined : `“${range.trim()}” is no range. It looks like >=8.4 <8.6 or 8.4.1 || >=8.5.`;
}

/** Where it is fixed may be a version, and all after it, or a range. */
export function fixedInMistake(text: string): string | undefined {
  if (text.trim() === '' || parseVersion(text.trim())) return undefined;
  return rangeMistake(text);
}

export function linkMistake(link: string): string | undefined {
  return link.trim() === '' || /^https?:\/\/\S+$/.test(link.trim()) ? undefined : 'It begins with https:// or http://.';
}

/** What is sent; undefined while it cannot be understood. */
export function bodyOf(form: BackOutForm): BackOutBody | undefined {
  const { flags, feature, releases, severity, because, link } = form;
  if (feature === undefined && flags.length === 0) return undefined;
  if (rangeMistake(releases) !== undefined || linkMistake(link) !== undefined) return undefined;
  return {
    ...(feature === undefined ? { flags: [...flags] } : { feature }),
    releases: releases.trim(),
    severity,
    because: because.trim() || becauseOfPreview,
    ...(link.trim() && { link: link.trim() }),
  };
}

/** From the lowest supported release that reads any of the flags on; undefined if none does. */
export function rangeOfReaders(readers: readonly ReleasesOfFlag[]): string | undefined {
  const lowest = readers.flatMap(({ releases }) => releases.filter(({ supported }) => supported).at(-1)?.release ?? []);
  const [first] = lowest.toSorted(byVersion);
  return first === undefined ? undefined : `>=${first}`;
}

function byVersion(one: string, other: string): number {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  return a && b ? compareVersions(a, b) : 0;
}
