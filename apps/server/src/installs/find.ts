import type { Install, ShipmentDocument } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { suggestion } from '../environments/find.ts';

/** An install; refuses an unknown one. */
export function installOf(state: State, key: string): Document<'install'> {
  return state.get('install', key) ?? refuseUnknown(state, key);
}

function refuseUnknown(state: State, key: string): never {
  const known = installsOf(state).map((install) => install.key);
  return fail('NOT_FOUND', `There is no install '${key}' in this project. ${suggestion(key, known)}`);
}

/** Installs that are there still, in order of their keys. */
export function installsOf(state: State): readonly Install[] {
  const found = present.get(state) ?? state.list('install').flatMap(({ body }) => (body.retiredAt === undefined ? [body] : []));
  present.set(state, found);
  return found;
}

const present = new WeakMap<State, readonly Install[]>();

/** The shipments that this server has issued, by the digest of their payload. */
export function issuedBy(state: State): ReadonlyMap<string, ShipmentDocument> {
  const found = issued.get(state) ?? new Map(state.list('shipment').map(({ body }) => [body.digest, body]));
  issued.set(state, found);
  return found;
}

const issued = new WeakMap<State, ReadonlyMap<string, ShipmentDocument>>();
