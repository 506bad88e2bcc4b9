import { and, eq, isNull, gt } from 'drizzle-orm';
import { links } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { drawSecret, proves, readSecret } from './secret.ts';

const hourMs = 3_600_000;
/** How long each sort of link can be used. */
const linkLifetimesMs = { 'first-sign-in': 24 * hourMs, 'sign-in': 24 * hourMs, invitation: 7 * 24 * hourMs } as const;

/** What a link is for. */
export type LinkTarget =
  | { readonly purpose: 'first-sign-in'; readonly org: string }
  | { readonly purpose: 'sign-in'; readonly person: string }
  | { readonly purpose: 'invitation'; readonly org: string; readonly invitation: string };
export type Link = LinkTarget & { readonly id: string; readonly expiresAt: string };

/** One-time links. The database knows the SHA-256 of each secret, and no secret. */
export interface Links {
  /** Draws a link; answers its secret, which nothing shows again. */
  draw(target: LinkTarget, now: Date): { readonly secret: string; readonly expiresAt: string };
  /** The link that a secret opens, if it was not used and has not expired. */
  find(secret: string, now: Date): Link | undefined;
  /** Uses a link up. False if another use came first. */
  use(id: string, now: Date): boolean;
}

/** The page that takes a link. The secret stands behind the `#`, which browsers send to nobody. */
export const linkAddress = (url: string, secret: string): string => `${url}/link#${secret}`;

/** Links as rows of the database. */
export function createLinks(storage: Storage): Links {
  return {
    draw(target, now) {
      const { id, secret, digest } = drawSecret('link');
      const createdMs = now.getTime();
      const expiresMs = createdMs + linkLifetimesMs[target.purpose];
      storage.transact((db) =>
        db
          .insert(links)
          .values({ id, digest, ...target, createdMs, expiresMs })
          .run(),
      );
      return { secret, expiresAt: new Date(expiresMs).toISOString() };
    },
    find(secret, now) {
      const claim = readSecret(secret);
      if (claim === 'mistyped' || claim.kind !== 'link') return undefined;
      const row = storage.query((db) => db.select().from(links).where(eq(links.id, claim.id)).get());
      if (!row || !isOpen(row, now) || !proves(secret, row.digest)) return undefined;
      return { ...(row as LinkTarget), id: row.id, expiresAt: new Date(row.expiresMs).toISOString() };
    },
    use(id, now) {
      const open = and(eq(links.id, id), isNull(links.usedMs), gt(links.expiresMs, now.getTime()));
      const spent = storage.transact((db) => db.update(links).set({ usedMs: now.getTime() }).where(open).run());
      return spent.changes === 1;
    },
  };
}

const isOpen = ({ usedMs, expiresMs }: typeof links.$inferSelect, now: Date): boolean =>
  usedMs === null && expiresMs > now.getTime();
