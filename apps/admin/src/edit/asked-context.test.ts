import { expect, it } from 'vitest';
import { contextOf, isFact } from './asked-context.ts';

it.each([
  [{ kind: 'org', key: 'acme', facts: [] }, { org: { key: 'acme' } }],
  [{ kind: 'org', key: 'acme', facts: ['plan=pro', 'seats=5'] }, { org: { key: 'acme', plan: 'pro', seats: 5 } }],
  [
    { kind: 'org', key: 'acme', facts: ['user=7'] },
    { org: { key: 'acme' }, user: { key: '7' } },
  ],
  [
    { kind: 'org', key: 'acme', facts: ['user.country=de'] },
    { org: { key: 'acme' }, user: { key: '', country: 'de' } },
  ],
  [{ kind: 'org', key: 'acme', facts: ['zip="07745"', 'beta=true'] }, { org: { key: 'acme', zip: '07745', beta: true } }],
  [
    { kind: 'user', key: 'u1', facts: ['address.city=Jena'] },
    { user: { key: 'u1' }, address: { key: '', city: 'Jena' } },
  ],
])('%j asks about %j', (asked, context) => {
  expect(contextOf(asked)).toEqual(context);
});

it('knows a fact from what is none', () => {
  expect(['plan=pro', 'url=a=b', 'plan', '=pro', 'plan='].map(isFact)).toEqual([true, true, false, false, false]);
});
