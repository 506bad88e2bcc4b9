import { describe, expect, it } from 'vitest';
import type { Grant } from './documents.ts';
import { allows, allowsWithin, mayGive, sees, type Permission, type Place } from './permissions.ts';

const organization: Place = {};
const shop: Place = { project: 'shop' };
const shopProduction: Place = { project: 'shop', environment: 'production' };
const shopStaging: Place = { project: 'shop', environment: 'staging' };
const blogProduction: Place = { project: 'blog', environment: 'production' };

describe('allows', () => {
  it.each<[string, Grant, Permission, Place, boolean]>([
    ['a viewer reads', { role: 'viewer' }, 'flag.read', shopProduction, true],
    ['a viewer does not edit', { role: 'viewer' }, 'flag.edit', shopProduction, false],
    ['an editor does all that a viewer does', { role: 'editor' }, 'flag.read', shopProduction, true],
    ['an editor kills', { role: 'editor' }, 'flag.kill', shopProduction, true],
    ['an editor makes no keys', { role: 'editor' }, 'key.manage', shopProduction, false],
    ['an admin does not manage the organization', { role: 'admin' }, 'org.manage', organization, false],
    ['an owner does', { role: 'owner' }, 'org.manage', organization, true],
    ['a project grant covers its environments', { role: 'editor', project: 'shop' }, 'flag.edit', shopProduction, true],
    ['a project grant covers no other project', { role: 'owner', project: 'shop' }, 'flag.read', blogProduction, false],
    ['a project grant does not cover the organization', { role: 'owner', project: 'shop' }, 'member.manage', organization, false],
    ['an environment grant covers it', { role: 'editor', ...shopStaging } as Grant, 'flag.edit', shopStaging, true],
    ['an environment grant covers no other', { role: 'editor', ...shopStaging } as Grant, 'flag.edit', shopProduction, false],
    ['an environment grant does not cover its project', { role: 'editor', ...shopStaging } as Grant, 'flag.edit', shop, false],
  ])('%s', (_, grant, permission, place, expected) => {
    expect(allows([grant], permission, place)).toBe(expected);
  });

  it.each<[string, Permission, Place, boolean]>([
    ['an environment grant finds its organization', 'org.read', organization, true],
    ['and its project', 'project.read', shop, true],
    ['but not the flags of the whole project', 'flag.read', shop, false],
    ['nor another project', 'project.read', { project: 'blog' }, false],
  ])('%s', (_, permission, place, expected) => {
    expect(allows([{ role: 'viewer', ...shopStaging } as Grant], permission, place)).toBe(expected);
  });

  it('takes the best of several grants', () => {
    const grants: Grant[] = [{ role: 'viewer' }, { role: 'editor', project: 'shop', environment: 'staging' }];
    expect(allows(grants, 'flag.edit', shopStaging)).toBe(true);
    expect(allows(grants, 'flag.edit', shopProduction)).toBe(false);
  });

  it('allows nothing without a grant', () => {
    expect(allows([], 'flag.read', shop)).toBe(false);
  });
});

describe('allowsWithin', () => {
  it.each<[string, Grant, Permission, Place, boolean]>([
    ['an environment grant reads its project', { role: 'viewer', ...shopStaging } as Grant, 'flag.read', shop, true],
    ['as much as its role does', { role: 'viewer', ...shopStaging } as Grant, 'key.read', shop, false],
    ['no other project', { role: 'owner', ...shopStaging } as Grant, 'flag.read', { project: 'blog' }, false],
    ['no sibling', { role: 'owner', ...shopStaging } as Grant, 'flag.read', shopProduction, false],
    ['a grant above it reads it', { role: 'viewer' }, 'flag.read', shop, true],
  ])('%s', (_, grant, permission, place, expected) => {
    expect(allowsWithin([grant], permission, place)).toBe(expected);
  });
});

describe('sees', () => {
  it.each<[string, Grant, Place, boolean]>([
    ['the project above its environment', { role: 'viewer', ...shopStaging } as Grant, shop, true],
    ['the organization above its project', { role: 'viewer', project: 'shop' }, organization, true],
    ['no sibling environment', { role: 'owner', ...shopStaging } as Grant, shopProduction, false],
    ['no other project', { role: 'owner', project: 'shop' }, { project: 'blog' }, false],
  ])('%s', (_, grant, place, expected) => {
    expect(sees([grant], place)).toBe(expected);
  });
});

describe('mayGive', () => {
  it.each<[string, Grant[], Grant, boolean]>([
    ['an owner gives anything', [{ role: 'owner' }], { role: 'owner' }, true],
    ['an admin makes no owner', [{ role: 'admin' }], { role: 'owner' }, false],
    ['an admin gives a project', [{ role: 'admin' }], { role: 'editor', project: 'shop' }, true],
    [
      'an admin of a project gives an environment of it',
      [{ role: 'admin', project: 'shop' }],
      { role: 'admin', ...shopStaging } as Grant,
      true,
    ],
    ['an admin of a project gives no organization', [{ role: 'admin', project: 'shop' }], { role: 'viewer' }, false],
    ['nor another project', [{ role: 'admin', project: 'shop' }], { role: 'viewer', project: 'blog' }, false],
    ['who has nothing gives nothing', [], { role: 'viewer' }, false],
  ])('%s', (_, held, grant, expected) => {
    expect(mayGive(held, grant)).toBe(expected);
  });
});
