import { compareVersions, parseVersion, parseVersionRange, type Version } from '@taffrail/engine/versions';
import { refuseMistakes } from '../changes/mistakes.ts';

/** Orders releases by their versions. What is no version comes first; contracts let none through. */
export function byVersion(one: string, other: string): number {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareVersions(a, b);
}

/** Refuses a text that is no range of versions. */
export function refuseNoRange(text: string | undefined, at: string): void {
  if (text === undefined || parseVersionRange(text) !== undefined) return;
  const message = `'${text}' is no range of versions. It looks like '>=8.4 <8.6' or '8.4.1 || >=8.5'`;
  refuseMistakes([{ at, message }]);
}

/**
 * Whether a release is in a range. One before its release counts as its release, unless the range names such versions itself: the code
 * of 8.5.0-rc.1 is in `>=8.4 <8.6`, that of 8.6.0-rc.1 is not.
 */
export function isInRange(range: string, release: string): boolean {
  const [holds, version] = [parseVersionRange(range), parseVersion(release)];
  if (holds === undefined || version === undefined) return false;
  return holds(version) || (!namesPreRelease(range) && holds(released(version)));
}

/** Whether one of these says that something is fixed in a release: a version and all after it, or a range to the letter. */
export function isFixedIn(fixedIn: readonly string[], release: string): boolean {
  const version = parseVersion(release);
  return fixedIn.some((text) => {
    const first = parseVersion(text);
    if (version === undefined) return false;
    return first === undefined ? parseVersionRange(text)?.(version) === true : compareVersions(version, first) >= 0;
  });
}

const released = ({ numbers }: Version): Version => ({ numbers, preRelease: [] });
const namesPreRelease = (range: string): boolean => range.includes('-');
