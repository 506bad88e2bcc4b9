import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { existsSync } from 'node:fs';
import type { Member } from '@taffrail/schema';
import { fail } from './changes/app-error.ts';
import { databaseFileOf, type Config } from './config.ts';
import { documents } from './db/schema.ts';
import { openStorage, type Storage } from './db/storage.ts';
import { firstOrganization } from './first-start.ts';
import { isOwner } from './members/granting.ts';
import { createLinks, linkAddress, type LinkTarget } from './members/links.ts';
import { createPeople } from './members/people.ts';
import { notedAddress } from './noted-address.ts';

export interface SignInLinkOptions {
  readonly config: Config;
  /** Whose; absent means the only owner's, or the first one's if nobody has signed in yet. */
  readonly email?: string | undefined;
  readonly clock?: () => Date;
}

/** A link that signs somebody in, once. */
export interface SignInLink {
  readonly link: string;
  /** Absent when it is for whoever comes first. */
  readonly email?: string;
  readonly expiresAt: string;
}

/**
 * Draws a sign-in link for somebody who is locked out. Works on the database itself, beside the running server: whoever can read
 * the data folder needs no other proof.
 */
export function signInLink({ config, email, clock = () => new Date() }: SignInLinkOptions): SignInLink {
  const file = databaseFileOf(config);
  if (!existsSync(file))
    fail('NOT_FOUND', `There is no database in ${config.dataFolder}. Start the server first, or set TAFFRAIL_DATA.`);
  const storage = openStorage({ file, newId: randomUUID, visit: true });
  try {
    const { target, email: theirs } = targetOf(storage, email);
    const { secret, expiresAt } = createLinks(storage).draw(target, clock());
    return { link: linkAddress(notedAddress(config), secret), expiresAt, ...(theirs !== undefined && { email: theirs }) };
  } finally {
    storage.close();
  }
}

function targetOf(storage: Storage, email: string | undefined): { target: LinkTarget; email?: string } {
  const owners = ownersOf(storage);
  const [only, ...others] = owners;
  if (email !== undefined) return ofPerson(storage, email, owners);
  if (only === undefined) return { target: { purpose: 'first-sign-in', org: firstOrganization } };
  if (others.length > 0) fail('INVALID', `There are several owners. Say whose link: ${owners.join(', ')}.`);
  return ofPerson(storage, only, owners);
}

function ofPerson(storage: Storage, email: string, owners: readonly string[]): { target: LinkTarget; email: string } {
  const person = createPeople(storage).byEmail(email);
  if (!person) fail('NOT_FOUND', `Nobody here has the address ${email}. The owners are: ${owners.join(', ') || 'nobody yet'}.`);
  return { target: { purpose: 'sign-in', person: person.id }, email: person.email };
}

function ownersOf(storage: Storage): string[] {
  const ofFirst = and(eq(documents.org, firstOrganization), eq(documents.sort, 'member'));
  const rows = storage.query((db) => db.select({ body: documents.body }).from(documents).where(ofFirst).all());
  return rows
    .map(({ body }) => body as Member)
    .filter(({ grants }) => isOwner(grants))
    .map(({ email }) => email);
}
