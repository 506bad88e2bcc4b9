import type { AuditCheck, AuditConfig, AuditSeverity } from '@taffrail/schema';
import type { Evidence, Found } from './checks/check.ts';
import { checks } from './checks/index.ts';
import { suppress, type Judged } from './checks/suppress.ts';
import type { Place, Read } from './reads/read.ts';
import type { Scan } from './scan/scan.ts';
import type { Truth } from './truth/known-flag.ts';
import type { Shipped } from './truth/shipped.ts';

/** One result of an audit. */
export interface Finding extends Found {
  readonly check: AuditCheck;
  readonly severity: AuditSeverity;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  /** Checks that were wanted and could not be made. */
  readonly unmade: readonly AuditCheck[];
}

interface Case {
  readonly scan: Scan;
  readonly config: AuditConfig;
  readonly truth: Truth | undefined;
  readonly shipped: readonly Shipped[] | undefined;
  readonly today: string;
  readonly whole: boolean;
}

type Severities = Readonly<Record<AuditCheck, AuditSeverity | 'off'>>;

/** Makes every check that is wanted and for which there is evidence. */
export function judge(given: Case): Judgement {
  const evidence = evidenceOf(given);
  const severities = severitiesOf(given.config);
  const wanted = checks.filter(({ name }) => severities[name] !== 'off');
  const made = wanted.filter(({ applies }) => applies?.(evidence) ?? true);
  const found = made.flatMap(({ name, find }) => find(evidence).map((one): Judged => ({ ...one, check: name })));
  const { findings, suppressed } = suppress(found, given.scan.suppressions, new Set(made.map(({ name }) => name)));
  return {
    findings: inOrder(findings.flatMap((one) => weighed(one, severities))),
    suppressed,
    unmade: wanted.filter((check) => !made.includes(check)).map(({ name }) => name),
  };
}

function severitiesOf({ checks: chosen }: AuditConfig): Severities {
  const usual = Object.fromEntries(checks.map(({ name, severity }) => [name, severity]));
  return { suppression: 'warning', ...usual, ...chosen } as Severities;
}

function weighed(found: Judged, severities: Severities): Finding[] {
  const severity = severities[found.check];
  return severity === 'off' ? [] : [{ ...found, severity }];
}

function evidenceOf({ config, ...given }: Case): Evidence {
  const reads = given.scan.reads.filter(({ inTest }) => !inTest);
  return { ...given, readElsewhere: new Set(config.readElsewhere), reads, readsByKey: byKey(reads) };
}

function byKey(reads: readonly Read[]): Map<string, [Read, ...Read[]]> {
  const found = new Map<string, [Read, ...Read[]]>();
  for (const read of reads) {
    if (read.key === undefined) continue;
    const same = found.get(read.key);
    if (same) same.push(read);
    else found.set(read.key, [read]);
  }
  return found;
}

/** By place, and in one place by check; what has no place comes last. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const order = checks.map(({ name }) => name);
  return [...findings].sort(
    (one, other) =>
      comparePlaces(one.place, other.place) ||
      order.indexOf(one.check) - order.indexOf(other.check) ||
      compareTexts(one.message, other.message),
  );
}

function comparePlaces(one: Place | undefined, other: Place | undefined): number {
  if (!one || !other) return Number(!one) - Number(!other);
  return compareTexts(one.file, other.file) || one.line - other.line || one.column - other.column;
}

/** By UTF-16 code units: the same everywhere. */
const compareTexts = (one: string, other: string) => (one < other ? -1 : Number(one > other));
