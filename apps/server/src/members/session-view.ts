import type { Contracts, ResponseOf } from '@taffrail/schema';
import type { Storage } from '../db/storage.ts';
import { version } from '../version.ts';
import { membershipsOf, organizationAt, type Membership } from './membership.ts';
import type { Proof } from './proof.ts';

/** Who is signed in, and where. A token knows no organization but its own. */
export function sessionView(proof: Proof, storage: Storage): ResponseOf<Contracts['GET /session']> {
  const via = proof.via === 'session' ? 'session' : 'token';
  return { ...(proof.via === 'service' ? ofService(proof, storage) : ofPerson(proof, storage)), via, serverVersion: version };
}

function ofService({ tokenId, name, org, grants }: Proof & { via: 'service' }, storage: Storage) {
  const organization = organizationAt(storage, org);
  const organizations: Membership[] = organization ? [{ organization, grants: [...grants] }] : [];
  return { person: { id: tokenId, email: '', name }, organizations };
}

function ofPerson(proof: Exclude<Proof, { via: 'service' }>, storage: Storage) {
  const { id, email, name } = proof.person;
  const all = membershipsOf(storage, id);
  const organizations = proof.via === 'session' ? all : all.filter(({ organization }) => organization.key === proof.org);
  return { person: { id, email, name }, organizations };
}
