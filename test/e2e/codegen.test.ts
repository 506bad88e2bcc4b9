import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { newFolder } from '../product/server.ts';

const declaration = `declare global {
  interface TaffrailFlags {
    "new-list": boolean;
    "page-size": number;
    "template": { readonly "title": string };
  }
}

export {};
`;

const folder = newFolder();
afterAll(() => folder.remove());

const library = fileURLToPath(new URL('../../', import.meta.url));
mkdirSync(join(folder.path, 'node_modules/@taffrail'), { recursive: true });
for (const name of ['node', 'browser'])
  symlinkSync(join(library, 'packages', name), join(folder.path, 'node_modules/@taffrail', name));
for (const name of ['react', '@types']) symlinkSync(join(library, 'node_modules', name), join(folder.path, 'node_modules', name));

/** What the compiler says of a program that uses the built packages; the line of each, and its sentence. */
function complaints(program: string, ...declarations: readonly string[]): string[] {
  const files = declarations.map((text, index) => [`flags-${index}.d.ts`, text] as const);
  const all = [...files, ['program.ts', program] as const].map(([name, text]) => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  });
  const { NodeNext } = ts.ModuleKind;
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
  };
  return ts.getPreEmitDiagnostics(ts.createProgram(all, options)).map(({ start = 0, file, messageText }) => {
    const { line = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {};
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ').split('.')[0]}`;
  });
}

const inNode = `import { createClient } from '@taffrail/node';
const flags = createClient({ url: '', key: '' });
`;

describe('flags that were generated', () => {
  it('let a program compile that uses them as they are', () => {
    const program = `${inNode}const size: number = flags.value('page-size', 25);
const title: string = flags.details('template', { title: '' }).value.title;
const isNew: boolean = flags.isEnabled('new-list', { org: 'acme' });
flags.onChange('new-list', () => [size, title, isNew]);
`;
    expect(complaints(program, declaration)).toEqual([]);
  });

  it('keep a wrong key and a wrong type from compiling', () => {
    const program = `${inNode}flags.isEnabled('new-lits');
flags.isEnabled('page-size');
flags.value('page-size', 'many');
flags.value('template', { name: '' });
const size: string = flags.value('page-size', 25);
flags.onChange('no-such-flag', () => size);
`;
    expect(complaints(program, declaration).map((one) => one.split(':')[0])).toEqual(['3', '4', '5', '6', '7', '8']);
  });

  it('speak to pages and to React alike', () => {
    const program = `import { createClient } from '@taffrail/browser';
import { useFlag } from '@taffrail/browser/react';
createClient({ url: '', key: '' }).isEnabled('new-lits');
useFlag('new-lits');
const size: number = useFlag('page-size', 25);
export { size };
`;
    expect(complaints(program, declaration).map((one) => one.split(':')[0])).toEqual(['3', '4']);
  });
});

it('without any, every key is good, and a value has the type of its code default', () => {
  const program = `${inNode}const size: number = flags.value('anything', 25);
const text: string = flags.value('anything', size.toFixed());
const wrong: number = flags.value('anything', text);
export { wrong };
`;
  expect(complaints(program).map((one) => one.split(':')[0])).toEqual(['5']);
});
