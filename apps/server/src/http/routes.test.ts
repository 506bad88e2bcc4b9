import { contracts } from '@taffrail/schema';
import { expect, it } from 'vitest';
import { routes } from './routes.ts';

it('answers every contract, each once, and nothing else', () => {
  expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(contracts).sort());
});

it('answers a contract that is a command by a command', () => {
  const commands = Object.entries(contracts).filter(([, contract]) => 'command' in contract);
  const answered = routes.filter(({ command }) => command !== undefined);
  expect(answered.map(({ key }) => key).sort()).toEqual(commands.map(([key]) => key).sort());
});

it.each(
  routes.flatMap(({ key, command }) => (command ? [[key, command.command.permission, contracts[key].permission] as const] : [])),
)('%s wants the permission of its command', (_, ofCommand, ofContract) => {
  expect(ofCommand).toBe(ofContract);
});
