import type { Issue } from './issues.ts';

/** Issues of one type, seen as one: what the new issue stream shows in place of a row for each. */
export interface Group {
  readonly type: string;
  readonly issues: readonly Issue[];
  readonly events: number;
  readonly users: number;
  readonly lastSeenMs: number;
  /** Events in each of the last 24 hours, oldest first. */
  readonly hourly: readonly number[];
}

/** Groups issues by type, the busiest of the last day first. */
export function groupIssues(issues: readonly Issue[]): Group[] {
  const byType = new Map<string, Issue[]>();
  for (const issue of issues) byType.set(issue.type, [...(byType.get(issue.type) ?? []), issue]);
  return [...byType]
    .map(([type, members]) => groupOf(type, members))
    .sort((one, other) => total(other.hourly) - total(one.hourly));
}

function groupOf(type: string, issues: readonly Issue[]): Group {
  return {
    type,
    issues,
    events: total(issues.map(({ events }) => events)),
    users: total(issues.map(({ users }) => users)),
    lastSeenMs: Math.max(...issues.map(({ lastSeenMs }) => lastSeenMs)),
    hourly: Array.from({ length: 24 }, (_, hour) => total(issues.map(({ hourly }) => hourly[hour] ?? 0))),
  };
}

/** The sum of a list. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
