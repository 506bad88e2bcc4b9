import { relative } from 'node:path';
import { auditConfig, type AuditConfig } from '@taffrail/schema';
import { nearest } from '@taffrail/schema/validate';
import type { Rule } from 'eslint';
import { AuditError } from '../audit-error.ts';
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
      unreadable: 'No flag is checked here. {{why}}',
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
        const keys = keysOf(flags, context.cwd);
        if (typeof keys === 'string')
          context.report({ loc: { line: 1, column: 0 }, messageId: 'unreadable', data: { why: keys } });
        const file = relative(context.cwd, context.filename);
        for (const read of readsOfText({ file, text }, { root: context.cwd, config })) {
          const { line, column, endLine, endColumn } = read.place;
          const loc = { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } };
          if (read.key === undefined) context.report({ loc, messageId: 'dynamic', data: { why: read.why ?? '' } });
          else if (typeof keys === 'object' && !keys.has(read.key))
            context.report({ loc, messageId: 'unknown', data: { key: read.key, hint: hint(read.key, keys) } });
        }
      },
    };
  },
};

/** The keys that there are; why nobody can tell, where their file cannot be used: a linter goes on with its other rules. */
function keysOf(flags: Options['flags'], folder: string): ReadonlySet<string> | string | undefined {
  if (typeof flags !== 'string') return flags && new Set(flags);
  try {
    return knownKeys(folder, flags);
  } catch (error) {
    if (error instanceof AuditError) return error.message;
    throw error;
  }
}

/** ESLint's own validator reads schemas of an older draft, and only the plain part of ours. */
function plain(schema: object): object {
  return JSON.parse(JSON.stringify(schema)) as object;
}

function hint(key: string, keys: ReadonlySet<string>): string {
  const near = nearest(key, [...keys]);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
