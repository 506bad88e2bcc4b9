import { expect, it } from 'vitest';
import { refuseMistakes } from './mistakes.ts';

const missing = { at: '/body/key', message: 'is missing' };
const unknown = { at: '/body/flag', message: "there is no flag 'ab'. Did you mean 'a'?" };
const unlisted = { at: '/body/off', message: "there is no variant 'x'. There are 'on', 'off'." };

it.each([
  ['a mistake', [missing], '/body/key is missing.'],
  ['a mistake that asks', [unknown], "/body/flag there is no flag 'ab'. Did you mean 'a'?"],
  ['a mistake of two sentences', [unlisted], "/body/off there is no variant 'x'. There are 'on', 'off'."],
  ['two', [missing, unknown], '/body/key is missing (and 1 more mistake).'],
  ['three', [unknown, missing, missing], "/body/flag there is no flag 'ab'. Did you mean 'a'? (and 2 more mistakes)"],
])('says %s in one sentence, and tells all', (_, mistakes, message) => {
  expect(() => refuseMistakes(mistakes)).toThrow(expect.objectContaining({ code: 'INVALID', message, mistakes }));
});

it('goes on where there is none', () => {
  expect(() => refuseMistakes([])).not.toThrow();
});
