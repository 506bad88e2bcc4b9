import type { FlagType } from '@taffrail/engine';

const context = `{ org: 'acme', user: 'u1' }`;

/** How code asks for a flag, by its type. The second argument is what the code does when nobody answers. */
const asked: Record<FlagType, (key: string) => string> = {
  boolean: (key) => `flags.isEnabled('${key}', ${context})`,
  string: (key) => `flags.value('${key}', '', ${context})`,
  number: (key) => `flags.value('${key}', 0, ${context})`,
  json: (key) => `flags.value('${key}', {}, ${context})`,
};

/** The one line that asks for a flag. */
export function askLine(key: string, type: FlagType): string {
  return asked[type](key);
}

/** Connecting a server's code with a server key. */
export function nodeSnippet(server: string, secret: string): string {
  return [
    `import { createClient } from '@taffrail/node';`,
    `const flags = createClient({ url: '${server}', key: '${secret}' });`,
    `await flags.ready();`,
  ].join('\n');
}

/** Connecting a page with a client key. */
export function browserSnippet(server: string, secret: string): string {
  return [
    `import { createClient } from '@taffrail/browser';`,
    `const flags = createClient({ url: '${server}', key: '${secret}', context: ${context} });`,
    `await flags.ready();`,
  ].join('\n');
}
