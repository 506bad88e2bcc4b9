import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@taffrail/schema';
import { fingerprint, type KeyList, openKeys, type Trust, type VerifiedKeys } from '@taffrail/shipment/signed';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Line, Write } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { keysIn, lineAt } from './find.ts';
import { judged } from './judged.ts';
import { unsignedOf } from './unsigned.ts';

type Input = InputOf<'PUT /orgs/:org/projects/:project/lines/:line/keys'>;

/**
 * Publishes the key list of a line, as its offline root signed it. The server verifies it as every site does, and like a site it never
 * goes back to an older one.
 */
export const publishKeys = command({
  name: 'line.publish-keys',
  version: 1,
  permission: 'project.manage',
  apply(state: State, { line: key, file, trust: told }: Input, { now, actor }: Occasion): Outcome {
    const before = lineAt(state, key);
    const trust = told ?? before?.trust ?? refuseMistakes([{ at: '/body/trust', message: firstOne }]);
    refuseOthers(state, key, trust);
    const keys = judged(() => openKeys(file, trust));
    if (before?.keys === file && isDeepStrictEqual(before.trust, trust)) return { write: [], changes: [] };
    if (before) refuseOlder(keysIn(before), keys);
    const after: Line = { key, trust, keys: file, at: now.toISOString(), by: actor.name };
    const write: Write[] = [{ sort: 'line', key, body: after }];
    const warnings = [...otherRoots(before, after), ...signAnew(state.after(write), key, now)];
    return { write, changes: [publication(before, after)], warnings };
  },
});

const firstOne = 'is wanted with the first key list of a line: the trust.json of its product';

function refuseOthers({ scope: { project = '' } }: State, line: string, { product, line: trusted }: Trust): void {
  const others = [
    ...(product === project
      ? []
      : [`is of the product ${product}, and shipments here are of ${project}, as the project is called`]),
    ...(trusted === line ? [] : [`is of the line ${trusted}, not of ${line}`]),
  ];
  refuseMistakes(others.map((message) => ({ at: '/body/trust', message })));
}

/** What sites took once they never give back: of one version there is one list. */
function refuseOlder({ list: { version }, digest }: VerifiedKeys, after: VerifiedKeys): void {
  const { version: brought } = after.list;
  if (brought > version || (brought === version && after.digest === digest)) return;
  const what = brought < version ? `This is key list ${brought}` : `This is another key list ${brought}`;
  fail('CONFLICT', `${what}, and ${version} is published: sites never go back. Sign a newer one with the offline root.`);
}

const isOtherTrust = (before: Line | undefined, after: Line): boolean =>
  before !== undefined && !isDeepStrictEqual(before.trust, after.trust);

/** A public key, to compare over the telephone. */
const phone = (key: string): string => fingerprint(Buffer.from(key, 'base64'));

/** Sites go by the trust.json of their package, whatever a server says. */
function otherRoots(before: Line | undefined, after: Line): string[] {
  if (!isOtherTrust(before, after)) return [];
  const named = after.trust.roots.map(({ keyid, publicKey }) => `${keyid} ${phone(publicKey)}`).join(', ');
  return [
    `Sites trust the root in their package, and take no key list of another one: until a package brings them ${named}, they stay as they are.`,
  ];
}

function publication(before: Line | undefined, after: Line): Change {
  const { list } = keysIn(after);
  const roots = isOtherTrust(before, after) ? '; sites are to trust other roots' : '';
  const summary = `key list ${list.version} published: ${inWords(list)}${roots}`;
  return { kind: 'line.keys-published', sort: 'line', key: after.key, summary };
}

function inWords({ keys }: KeyList): string {
  const signing = keys.filter(({ validUntil, revokedAt }) => validUntil === undefined && revokedAt === undefined);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== undefined);
  const signs = signing.length === 0 ? 'nobody signs' : `${named(signing)} sign${signing.length === 1 ? 's' : ''}`;
  return revoked.length === 0 ? signs : `${signs}; revoked: ${named(revoked)}`;
}

function signAnew(next: State, line: string, now: Date): string[] {
  const waiting = unsignedOf(next, line, { now, reads: () => true });
  if (waiting.length === 0) return [];
  return [`${waiting.length} shipment${waiting.length === 1 ? ' waits' : 's wait'} for a signature that this key list allows.`];
}

const named = (keys: KeyList['keys']): string => keys.map(({ keyid }) => keyid).join(', ');
