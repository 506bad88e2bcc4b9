import { expect, it } from 'vitest';
import { declarationOf } from './flag-types.ts';

it('says which flags there are and the types of their values, in order of their keys', () => {
  const template = { title: 'Look', images: [1, 2], more: { on: true, off: null }, tags: [] };
  expect(
    declarationOf([
      { key: 'template', type: 'json', values: [template, {}] },
      { key: 'new-list', type: 'boolean', values: [true, false] },
      { key: 'page-size', type: 'number', values: [] },
      { key: 'Greeting', type: 'string', values: ['hi'] },
      { key: 'read/only:by.code', values: [25] },
      { key: 'unknown', values: [] },
    ]),
  ).toBe(`// Written by \`taffrail codegen\`: write it again when flags come and go. What it says is true of every SDK.
declare global {
  interface TaffrailFlags {
    "Greeting": string;
    "new-list": boolean;
    "page-size": number;
    "read/only:by.code": number;
    "template": { readonly "title": string; readonly "images": readonly (number)[]; readonly "more": { readonly "on": boolean; readonly "off": null }; readonly "tags": readonly unknown[] } | { readonly [name: string]: unknown };
    "unknown": boolean | string | number | object;
  }
}

export {};
`);
});

it('cannot be made to declare anything else by a name', () => {
  const text = declarationOf([{ key: 'odd', type: 'json', values: [{ '"; evil: never; "': 1 }] }]);
  expect(text).toContain(String.raw`readonly "\"; evil: never; \"": number`);
});
