import { decodeSupportCode } from '@taffrail/shipment/browser';
import { expect, it } from 'vitest';
import { pastedCode } from './pasted-code.ts';

const code = 'TR1-8.4.0-2-7K3Q-Z8M4-RTN0-0000-0000-0FH5';

it.each([
  ['as it is', code],
  ['as taffrail why prints it', `  support code ${code}   (paste into the vendor's support page)`],
  ['within a sentence', `My code is “${code}”, please look at it`],
  ['as it was dictated', 'tr1 8.4.0 2 7k3q z8m4 rtno oooo oooo ofh5'],
  ['with the dashes of a word processor', code.replaceAll('-', '–')],
])('finds a code %s', (_, text) => {
  expect(decodeSupportCode(pastedCode(text)).code).toMatchObject({ release: '8.4.0', revision: 2, layer: 'back-out' });
});

it.each(['', 'BO-17', 'trial 8.4.0'])('leaves “%s” as it is', (text) => {
  expect(pastedCode(text)).toBe(text);
});
