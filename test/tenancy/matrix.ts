import { allows, contracts, type Contract, type Operation, type Permission } from '@taffrail/schema';
import type { Answer } from '../../apps/server/src/testing/running-server.ts';
import { storedDigest } from '../../apps/server/src/testing/stored-digest.ts';
import { samples } from './samples.ts';
import { ghosts, hidden, type Ids, type Subject, type World } from './world.ts';

/** Two requests that differ in one id, of which one exists for others: whoever asks must not be able to tell which. */
interface Pair {
  readonly subject: Subject;
  readonly key: Operation;
  readonly parameter: string;
  readonly existing: Ids;
  readonly absent: Ids;
  /** What the answer must say, if the subject may not see anything that the path leads to. */
  readonly statuses?: readonly number[];
}

export interface Verdict {
  readonly compared: number;
  readonly subjects: number;
  /** Where the two answers differ, or something was written. */
  readonly leaks: readonly string[];
}

const rows = Object.entries(contracts) as [Operation, Contract][];
const parametersOf = (key: string): string[] => [...key.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Every route × every id in its path × everybody who should not see what it leads to. */
export async function judge(world: World): Promise<Verdict> {
  const { strangers, betaOwners, otherProject, oneEnvironment, viewer, alpha, beta } = world;
  const outside = [404];
  const groups: [Subject, Pair[], org: string | undefined][] = [
    ...strangers.map((subject): [Subject, Pair[], undefined] => [subject, pairsAt(subject, alpha, () => true, [401]), undefined]),
    ...betaOwners.map((subject): [Subject, Pair[], string] => [
      subject,
      [...pairsAt(subject, alpha, () => true, outside), ...mixedPairs(subject, beta, alpha)],
      'alpha',
    ]),
    [otherProject, pairsAt(otherProject, alpha, (key) => key.includes(':project'), outside, isBelowOrganization), undefined],
    [
      oneEnvironment,
      pairsAt(oneEnvironment, { ...alpha, environment: hidden }, isInEnvironment, outside, isEnvironment),
      undefined,
    ],
    [viewer, pairsAt(viewer, alpha, lacking, [403], isBelowPlaces), undefined],
  ];
  const leaks: string[] = [];
  for (const [subject, pairs, org] of groups) {
    const before = storedDigest(world.server.folder, org);
    for (const pair of pairs) leaks.push(...(await compare(world, pair)));
    if (storedDigest(world.server.folder, org) !== before) leaks.push(`${subject.name} has changed something`);
  }
  const compared = groups.reduce((sum, [, pairs]) => sum + pairs.length, 0);
  return { compared, subjects: groups.length, leaks };
}

/** All ids are of the other tenant; each is replaced in turn by one that nothing has. */
function pairsAt(
  subject: Subject,
  ids: Ids,
  concerns: (key: Operation, contract: Contract) => boolean,
  statuses: readonly number[],
  replaces: (parameter: string) => boolean = () => true,
): Pair[] {
  return rows
    .filter(([key, contract]) => concerns(key, contract))
    .flatMap(([key]) =>
      parametersOf(key)
        .filter(replaces)
        .map((parameter) => ({ subject, key, parameter, existing: ids, absent: withGhost(ids, parameter), statuses })),
    );
}

/** All ids are the caller's own but one: the other tenant's, or one that nothing has. */
function mixedPairs(subject: Subject, own: Ids, foreign: Ids): Pair[] {
  return rows.flatMap(([key]) =>
    parametersOf(key)
      .filter(isName)
      .map((parameter) => ({
        subject,
        key,
        parameter,
        existing: {
          ...own,
          [parameter]: foreign[parameter] ?? '',
          ...(parameter === 'key' && { context: foreign['context'] ?? '', installKey: foreign['installKey'] ?? '' }),
        },
        absent: withGhost(own, parameter),
      })),
  );
}

const withGhost = (ids: Ids, parameter: string): Ids => ({
  ...ids,
  [parameter]: ghosts[parameter] ?? '',
  ...(parameter === 'key' && { context: ghosts['key'] ?? '', installKey: ghosts['key'] ?? '' }),
});

/** Kinds are nobody's; revisions, requests, back-outs and places in a chain are numbers that everybody counts. */
const isName = (parameter: string): boolean => !['kind', 'revision', 'seq', 'request', 'backOut'].includes(parameter);
const isInEnvironment = (key: Operation): boolean => key.includes(':environment');
const isEnvironment = (parameter: string): boolean => parameter === 'environment';
const isBelowOrganization = (parameter: string): boolean => parameter !== 'org';
const isBelowPlaces = (parameter: string): boolean => !['org', 'project', 'environment'].includes(parameter);

/** What a viewer may not do they are told; whether the thing is there they are not. */
function lacking(_key: Operation, { permission }: Contract): boolean {
  return permission !== 'public' && permission !== 'signed-in' && !allows([{ role: 'viewer' }], permission as Permission, {});
}

async function compare(world: World, pair: Pair): Promise<string[]> {
  const [existing, absent] = [await ask(world, pair, pair.existing), await ask(world, pair, pair.absent)];
  const [one, other] = [masked(existing, pair.existing), masked(absent, pair.absent)];
  const place = `${pair.key} :${pair.parameter} for ${pair.subject.name}`;
  const differs = one === other ? [] : [`${place}: ${one} ≠ ${other}`];
  const shows =
    pair.statuses && !pair.statuses.includes(existing.status) ? [`${place}: ${existing.status} ${existing.text}`] : [];
  return [...differs, ...shows];
}

/** Calls a route as somebody, with these ids in its path. */
export function ask(
  { server }: Pick<World, 'server'>,
  { key, subject }: Pick<Pair, 'key' | 'subject'>,
  ids: Ids,
  query = '',
): Promise<Answer> {
  const [method = '', path = ''] = key.split(' ');
  const value = (name: string) => ids[name === 'key' ? keyIn(path) : name] ?? '';
  const address = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(value(name)));
  const body = samples[key]?.('sample');
  return server.send(method, `/api/v1${address}${query}`, {
    token: subject.token,
    cookie: subject.cookie,
    ...(body !== undefined && { body }),
  });
}

/** What `key` is in a path. */
function keyIn(path: string): string {
  if (path.includes('/installs/')) return 'installKey';
  return path.includes('/contexts/') ? 'context' : 'key';
}

/** Bytes of an answer, but for the ids that were asked with, and for counters: the second of two equal acts is one later. */
function masked({ status, headers, text }: Answer, ids: Ids): string {
  const asked = Object.values(ids).filter((id) => id.length > 3);
  const body = asked.reduce((masked, id) => masked.replaceAll(id, '‹id›'), text).replace(/\d+/g, '‹n›');
  return `${status} ${headers.get('content-type')} ${body}`;
}
