import { contracts, type Contract, type Operation } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { routes } from '../http/routes.ts';

const commandRoutes = routes.filter(({ command }) => command !== undefined);
const rows = Object.entries(contracts) as [Operation, Contract][];

it('every contract that is a command has exactly one, and no other contract has', () => {
  const promised = rows.filter(([, contract]) => contract.command === true).map(([key]) => key);
  expect(commandRoutes.map(({ key }) => key).sort()).toEqual(promised.sort());
});

it.each(commandRoutes.map(({ key, command }) => [key, command!.command] as const))(
  '%s asks for the permission of its command',
  (key, { permission }) => {
    expect(permission).toBe(contracts[key].permission);
  },
);

it('no two commands share a name', () => {
  const names = commandRoutes.map(({ command }) => command!.command.name);
  expect(names).toEqual([...new Set(names)]);
});
