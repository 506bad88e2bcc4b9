import { expect, it, test } from 'vitest';
import { issuesOf } from './issues.ts';
import { orgs } from './orgs.ts';
import { groupIssues, total } from './stream.ts';

const nowMs = Date.UTC(2026, 10, 23, 15, 20);
const hourMs = 3_600_000;
const all = [...orgs.values()];

it('knows 40 organizations, each by its key', () => {
  expect(orgs.size).toBe(40);
  expect(all.every(({ key }) => orgs.get(key)?.key === key)).toBe(true);
});

test.each(all.map((org) => [org.key, org] as const))('the issues of %s are the same for everybody, and only grow', (_, org) => {
  const issues = issuesOf(org, nowMs);
  const later = new Map(issuesOf(org, nowMs + hourMs).map((issue) => [issue.id, issue]));
  expect(issuesOf(org, nowMs)).toEqual(issues);
  expect(issues.length).toBeGreaterThanOrEqual(8);
  for (const { id, events, lastSeenMs, firstSeenMs } of issues) {
    expect(later.get(id)?.events).toBeGreaterThanOrEqual(events);
    expect(lastSeenMs).toBeLessThanOrEqual(nowMs);
    expect(lastSeenMs).toBeGreaterThan(firstSeenMs);
  }
});

it('shows the most recent issue first', () => {
  const seen = all.map((org) => issuesOf(org, nowMs).map(({ lastSeenMs }) => lastSeenMs));
  expect(seen).toEqual(seen.map((times) => [...times].sort((one, other) => other - one)));
});

test.each(all.map((org) => [org.key, org] as const))('groups of %s hold every issue once, and its events', (_, org) => {
  const issues = issuesOf(org, nowMs);
  const groups = groupIssues(issues);
  expect(groups.flatMap((group) => group.issues.map(({ id }) => id)).sort()).toEqual(issues.map(({ id }) => id).sort());
  expect(total(groups.map(({ events }) => events))).toBe(total(issues.map(({ events }) => events)));
  expect(total(groups.flatMap(({ hourly }) => hourly))).toBe(total(issues.flatMap(({ hourly }) => hourly)));
  for (const { type, issues: members } of groups) expect(new Set(members.map((issue) => issue.type))).toEqual(new Set([type]));
});
