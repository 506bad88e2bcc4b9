import { relative } from 'node:path';
import { auditConfig, type AuditConfig } from '@taffrail/schema';
import { nearest } from '@taffrail/schema/validate';
import type { Rule } from 'eslint';
import { readsOfText } from './reads-of-text.ts';
import { knownKeys } from './known-keys.ts';

const { calls, clients } = auditConfig.properties;

interface Options extends Pick<AuditConfig, 'calls' | 'clients'> {
  /** The keys that there are, or the file that says so: an export, or a manifest of the audit. */
  readonly flags?: string | readonly string[];
}

/** Flags that do not exist, and keys that nobody can tell before the program runs. */
export const knownFlags: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Ask only for flags that exist, by keys that can be read in the code' },
    messages: {
      unknown: 'There is no flag "{{key}}".{{hint}}',
      dynamic: 'Which flag is read here is not known before the program runs: {{why}}.',
    },
    schema: [
      {
        type: 'object',
        properties: {
          flags: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
          calls: plain(calls),
          clients: plain(clients),
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
  },
  create: (context) => {
    const [{ flags, ...config } = {}] = context.options as [Options?];
    const { text } = context.sourceCode;
    return {
      'Program:exit': () => {
        const keys = typeof flags === 'string' ? knownKeys(context.cwd, flags) : flags && new Set(flags);
        const file = relative(context.cwd, context.filename);
        for (const read of readsOfText({ file, text }, { root: context.cwd, config })) {
          const { line, column, endLine, endColumn } = read.place;
          const loc = { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
          if (read.key === undefined) context.report({ loc, messageId: 'dynamic', data: { why: read.why ?? '' } });
          else if (keys && !keys.has(read.key))
            context.report({ loc, messageId: 'unknown', data: { key: read.key, hint: hint(read.key, keys) } });
        }
      },
    };
  },
};

/** ESLint's own validator reads schemas of an older draft, and only the plain part of ours. */
function plain(schema: object): object {
  return JSON.parse(JSON.stringify(schema)) as object;
}

function hint(key: string, keys: ReadonlySet<string>): string {
  const near = nearest(key, [...keys]);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
