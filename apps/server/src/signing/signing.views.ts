import type { Contracts, ResponseOf, ShipmentDocument, ShipmentRow } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { suggestion } from '../environments/find.ts';
import { installsOf } from '../installs/find.ts';
import { releaseOf, releasesRead } from '../releases/find.ts';
import { issuedShipment, keyListOf, keysIn, lineAt, signaturesAt, signaturesOf, signedFileOf } from './find.ts';
import { unsignedOf } from './unsigned.ts';

const project = '/orgs/:org/projects/:project';
type Answer<K extends keyof Contracts> = ResponseOf<Contracts[K]>;
type Lines = Answer<`GET ${typeof project}/lines`>;
type Keys = Answer<`GET ${typeof project}/lines/:line/keys`>;
type SignedFile = Answer<`GET ${typeof project}/releases/:release/shipments/:revision/file`>;

/** Who asks, and when. */
interface Asked {
  readonly reads: Reads;
  readonly now: Date;
}

/** The lines of releases that may be read, and those whose keys somebody has published, by name. */
export function lineList(state: State, asked: Asked): Lines {
  return { lines: lineNames(state, asked.reads).map((line) => lineRow(state, line, asked)), revision: state.revision };
}

function lineNames(state: State, reads: Reads): string[] {
  const [cut, published] = [releasesRead(state, reads).map(({ line }) => line), state.list('line').map(({ key }) => key)];
  return [...new Set([...cut, ...published])].sort();
}

function lineRow(state: State, line: string, asked: Asked): Lines['lines'][number] {
  const published = lineAt(state, line);
  return {
    line,
    releases: releasesRead(state, asked.reads).filter((release) => release.line === line).length,
    installs: asked.reads() ? installsOf(state).filter((install) => install.line === line).length : 0,
    ...(published && { trust: published.trust, keys: keysInShort(published, asked.now) }),
    unsigned: unsignedOf(state, line, asked).map((shipment) => rowOfShipment(state, shipment)),
  };
}

function keysInShort(line: NonNullable<ReturnType<typeof lineAt>>, now: Date): NonNullable<Lines['lines'][number]['keys']> {
  const { version, issuedAt, keys } = keysIn(line).list;
  const signs = ({ validUntil, revokedAt }: (typeof keys)[number]): boolean =>
    revokedAt === undefined && (validUntil === undefined || now.getTime() < Date.parse(validUntil));
  const named = (some: typeof keys): string[] => some.map(({ keyid }) => keyid);
  return {
    version,
    issuedAt,
    signing: named(keys.filter(signs)),
    retired: named(keys.filter((key) => !signs(key))),
  };
}

/** A line's key list and whom its sites trust. */
export function publishedKeys(state: State, line: string, reads: Reads): Keys {
  const document = state.get('line', line);
  const keys = keyListOf(state, line);
  if (document !== undefined && keys !== undefined) {
    return { ...keys, trust: document.body.trust, revision: document.revision };
  }
  const known = lineNames(state, reads);
  const sentence = known.includes(line)
    ? `The line ${line} has no key list yet. Publish it with "taffrail keys publish".`
    : `There is no line '${line}' in this project. ${suggestion(line, known)}`;
  return fail('NOT_FOUND', sentence);
}

/** The signed file of a shipment. */
export function signedFile(state: State, version: string, revision: number, reads: Reads): SignedFile {
  releaseOf(state, version, reads);
  const shipment = issuedShipment(state, version, revision);
  const file = signedFileOf(state, version, revision);
  if (file !== undefined) return { file, name: `${version}-r${revision}.json` };
  const keyids = signaturesAt(state, shipment)?.signatures.map(({ keyid }) => keyid);
  const why = keyids === undefined ? 'nobody has signed it yet' : `sites take the signature of ${keyids.join(', ')} no more`;
  return fail('NOT_FOUND', `There is no file of ${version} r${revision}: ${why}. A signer brings it ("taffrail signer").`);
}

/** A shipment without its payload, and who signed it. */
export function rowOfShipment(state: State, document: ShipmentDocument): ShipmentRow {
  const { payload: _, ...row } = document;
  const signed = signaturesOf(state, document);
  if (signed === undefined) return row;
  return { ...row, signed: { by: signed.signatures.map(({ keyid }) => keyid), at: signed.at } };
}
