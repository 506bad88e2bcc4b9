import type { Org } from './orgs.ts';
import { oneOf, randomOf, shuffled } from './random.ts';

/** Something that goes wrong in a customer's software, as the tracker knows it. */
export interface Issue {
  /** `ACME-12`. */
  readonly id: string;
  /** What groups belong together by. */
  readonly type: string;
  readonly title: string;
  readonly culprit: string;
  readonly assignee: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly events: number;
  readonly users: number;
  /** Events in each of the last 24 hours, oldest first. */
  readonly hourly: readonly number[];
}

const hourMs = 3_600_000;
/** The moment the counting begins; issues were first seen in the 30 days before it. */
const epochMs = Date.UTC(2026, 9, 1);

const faults = [
  ['TypeError', "Cannot read properties of undefined (reading 'id')", 'views/issue-list in renderRow'],
  ['TypeError', 'undefined is not iterable', 'stream/group in mergeEvents'],
  ['TypeError', 'value.toFixed is not a function', 'charts/axis in formatTick'],
  ['RangeError', 'Maximum call stack size exceeded', 'search/parser in parseTerm'],
  ['RangeError', 'Invalid time value', 'reports/weekly in startOfWeek'],
  ['NetworkError', 'Failed to fetch /api/projects', 'client/request in send'],
  ['NetworkError', 'The connection was closed before the answer', 'workers/sync in pull'],
  ['TimeoutError', 'Query took longer than 15 s', 'store/events in countByHour'],
  ['TimeoutError', 'Lock on checkout was not released', 'jobs/billing in closeMonth'],
  ['ValidationError', 'amount must not be negative', 'orders/refund in validate'],
  ['ValidationError', 'e-mail address is not unique', 'accounts/invite in create'],
  ['IntegrityError', 'duplicate key in release_artifacts', 'store/releases in upsert'],
  ['PermissionError', 'no access to bucket exports', 'exports/archive in upload'],
  ['KeyError', "'shipping_address'", 'orders/label in printLabel'],
  ['TypeError', "Cannot set property 'draft' of null", 'editor/toolbar in onBlur'],
  ['RangeError', 'Invalid array length', 'charts/heatmap in allocate'],
  ['NetworkError', 'The name of the mail server is not known', 'mail/outbox in deliver'],
  ['TimeoutError', 'No heartbeat of worker 3 for 60 s', 'jobs/pool in watch'],
  ['ValidationError', 'the date is in the past', 'bookings/form in check'],
  ['IntegrityError', 'account 4711 has no owner', 'accounts/merge in verify'],
  ['PermissionError', 'the token may not read invoices', 'billing/api in authorize'],
  ['KeyError', "'time_zone'", 'profile/settings in greeting'],
  ['EncodingError', 'byte 0xe4 is not UTF-8', 'imports/csv in readLine'],
  ['EncodingError', 'lone surrogate in a file name', 'exports/archive in addEntry'],
] as const;
type Fault = (typeof faults)[number];
const people = ['Ana Ruiz', 'Ben Okafor', 'Chiara Lang', 'Dev Patel', 'Emi Sato', 'Farid Haddad'] as const;

/** A customer's issues as they stand now, most recent first. The same moment always gives the same issues. */
export function issuesOf(org: Org, nowMs: number): Issue[] {
  const random = randomOf(org.key);
  const count = 8 + Math.floor(random() * 16);
  const chosen = shuffled(faults, random).slice(0, count);
  return chosen
    .map((fault, index) => issueOf(org, index + 1, fault, nowMs, random))
    .sort((one, other) => other.lastSeenMs - one.lastSeenMs);
}

function issueOf(org: Org, number: number, [type, title, culprit]: Fault, nowMs: number, random: () => number): Issue {
  const id = `${org.key.toUpperCase()}-${number}`;
  const perHour = 0.2 + random() ** 3 * Math.sqrt(org.size);
  const firstSeenMs = epochMs - Math.floor(random() * 30 * 24 * hourMs);
  const assignee = oneOf(random, people);
  const events = Math.floor(((nowMs - firstSeenMs) / hourMs) * perHour);
  const hour = Math.floor(nowMs / hourMs);
  const hourly = Array.from({ length: 24 }, (_, back) => eventsIn(id, hour - 23 + back, perHour));
  const current = Math.floor((hourly[23] ?? 0) * ((nowMs % hourMs) / hourMs));
  return {
    id,
    type,
    title,
    culprit,
    assignee,
    firstSeenMs,
    lastSeenMs: lastBefore(nowMs, hourMs / perHour, random()),
    events,
    users: 1 + Math.floor(Math.min(events * 0.3, org.size * random())),
    hourly: [...hourly.slice(0, 23), current],
  };
}

/** Events come at a steady gap, each issue's shifted by its own share of one. */
function lastBefore(nowMs: number, gapMs: number, shift: number): number {
  return Math.floor(Math.floor(nowMs / gapMs - shift) * gapMs + shift * gapMs);
}

/** A busy hour now and then, as errors come. */
function eventsIn(id: string, hour: number, perHour: number): number {
  const random = randomOf(`${id}.${hour}`);
  const burst = random() > 0.9 ? 4 : 1;
  return Math.round(perHour * burst * (0.3 + 1.4 * random()));
}
