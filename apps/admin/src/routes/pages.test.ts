import { expect, it } from 'vitest';
import { searchWith } from './location.ts';
import { pages } from './pages.ts';

it.each(['organizations:new-ui', 'a/b', 'theme.colors', '100%25', 'ä'])('leads to the flag %s and knows it again', (flag) => {
  const href = pages.flag.href({ org: 'acme', project: 'web', flag });
  expect(href.split('/')).toHaveLength(7);
  expect(pages.flag.match(href)).toEqual({ org: 'acme', project: 'web', flag });
});

it('matches whole addresses only', () => {
  expect(pages.flags.match('/orgs/acme/projects/web/flags')).toEqual({ org: 'acme', project: 'web' });
  expect(pages.flags.match('/orgs/acme/projects/web/flags/x')).toBeUndefined();
  expect(pages.flags.match('/orgs//projects/web/flags')).toBeUndefined();
  expect(pages.people.match('/orgs/acme/tokens')).toBeUndefined();
});

it('survives an address that somebody mangled', () => {
  expect(pages.flag.match('/orgs/acme/projects/web/flags/100%')).toMatchObject({ flag: '100%' });
});

it('leaves out what the query does not say', () => {
  expect(pages.flag.href({ org: 'a', project: 'b', flag: 'c' }, { tab: 'code', env: undefined })).toBe(
    '/orgs/a/projects/b/flags/c?tab=code',
  );
});

it('changes some members of a query and keeps the others', () => {
  expect(searchWith('?view=mine&q=x', { q: 'y z' })).toBe('?view=mine&q=y+z');
  expect(searchWith('?q=x', { q: null })).toBe('');
});
