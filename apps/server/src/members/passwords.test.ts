import { expect, test } from 'vitest';
import { createPasswords, usualWork } from './passwords.ts';

const little = { n: 2 ** 10, r: 8, p: 1 };
const passwords = createPasswords(little);

test('a password has its own hash and no other', async () => {
  const hash = await passwords.hash('correct horse');
  expect(await passwords.check('correct horse', hash)).toBe(true);
  expect(await passwords.check('correct horsf', hash)).toBe(false);
  expect(await passwords.hash('correct horse')).not.toBe(hash);
});

test('a hash carries its parameters, so that older ones stay good', async () => {
  const older = await createPasswords({ n: 2 ** 9, r: 8, p: 2 }).hash('correct horse');
  expect(older).toMatch(/^scrypt\$512\$8\$2\$/);
  expect(await passwords.check('correct horse', older)).toBe(true);
});

test('composed and decomposed letters are the same password', async () => {
  expect(await passwords.check('cafe\u0301 cafe\u0301', await passwords.hash('caf\u00e9 caf\u00e9'))).toBe(true);
});

test('nobody has no password', async () => {
  expect(await passwords.check('', undefined)).toBe(false);
});

test('the usual work is what OWASP asks for, and runs', async () => {
  expect(usualWork).toEqual({ n: 131_072, r: 8, p: 1 });
  expect(await createPasswords().hash('correct horse')).toMatch(/^scrypt\$131072\$8\$1\$/);
});

test('a flood of sign-ins is refused, not queued for ever', async () => {
  const tries = Array.from({ length: 60 }, () => passwords.check('x', undefined));
  const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(60 - 2 - 20);
  expect(await passwords.check('x', undefined)).toBe(false);
});
