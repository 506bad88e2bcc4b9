import { expect, it } from 'vitest';
import { routes } from '../http/routes.ts';

it('no two commands share a name: it is how the history and kept answers know them', () => {
  const names = routes.flatMap(({ command }) => command?.command.name ?? []);
  expect(names.length).toBeGreaterThan(20);
  expect(names.sort()).toEqual([...new Set(names)].sort());
});
