import type { Role } from '@taffrail/schema';
import type { Session } from '../src/api/queries.ts';

/** Ana, with one role in Acme. */
export function sessionOf(role: Role): Session {
  return {
    person: { id: 'm1', email: 'ana@example.com', name: 'Ana' },
    organizations: [{ organization: { key: 'acme', name: 'Acme', createdAt: '2026-11-01T09:00:00Z' }, grants: [{ role }] }],
    via: 'session',
    serverVersion: '0.1.0',
  };
}
