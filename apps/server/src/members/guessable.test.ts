import { expect, it } from 'vitest';
import { refusal } from '../changes/refusal.test-kit.ts';
import { refuseGuessable } from './guessable.ts';

const email = 'Anabel.Ortiz@example.org';

it.each([
  'password',
  'PassWord',
  '12345678',
  'qwertyuiop',
  'anabel.ortiz',
  'ANABEL.ORTIZ@EXAMPLE.ORG',
  'zzzzzzzzzz',
  'ｐassword',
])('refuses %s', (password) => {
  expect(refusal(() => refuseGuessable(password, email))).toMatchObject({
    code: 'INVALID',
    mistakes: [{ at: '/body/password', message: expect.stringMatching(/guessed .*: choose another/) }],
  });
});

it.each(['correct horse battery', 'passwort meines hundes', '12345678 and more', 'ortiz.anabel'])('takes %s', (password) => {
  expect(() => refuseGuessable(password, email)).not.toThrow();
});
