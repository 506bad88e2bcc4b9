import type { Json, Serve } from '@taffrail/engine';
import { limits, type Change, type EnvironmentFlag, type FlagDefinition, type Mistake } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { environmentsOf, suggestion } from '../environments/find.ts';
import { asJson, editChange } from './changes.ts';
import { settledLifetime } from './lifetime.ts';
import { aroundIn } from './mistakes/around.ts';
import { mistakesInAsking } from './mistakes/between-flags.ts';
import { mistakesInFlag } from './mistakes/in-flag.ts';
import { withEdit } from './publishing.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/flags'>;

/** Creates a flag in every environment, off unless the input says otherwise. */
export const createFlag = command({
  name: 'flag.create',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: Input, occasion: Occasion): Outcome {
    refuseTaken(state, input.key);
    const definition = definitionFrom(input, occasion);
    const initial = initialFlag(input, definition.type, occasion.newId());
    const created = environmentsOf(state).map(({ key }) => placed(key, initial, input));
    const write: Write[] = [{ sort: 'flag', key: input.key, body: definition }, ...created.map(({ write }) => write)];
    refuseMistakes([...unknownEnvironments(state, input), ...mistakesIn(state.after(write), definition, initial, created)]);
    return { write, changes: [creation(definition), ...created.flatMap(({ change }) => change ?? [])] };
  },
});

function refuseTaken(state: State, key: string): void {
  const taken = state.get('flag', key);
  if (taken !== undefined) {
    const archived = taken.body.archivedAt === undefined ? '' : ' It is archived: restore it, or choose another key.';
    fail('ALREADY_EXISTS', `There is a flag '${key}' in this project.${archived}`);
  }
  if (state.list('flag').length >= limits.flagsPerProject) {
    fail('INVALID', `A project has at most ${limits.flagsPerProject} flags. Archive what is no longer needed.`);
  }
}

function definitionFrom(input: Input, occasion: Occasion): FlagDefinition {
  const { key, type = 'boolean', description = '', links = [] } = input;
  return { key, type, ...settledLifetime({}, input, occasion), description, links, createdAt: occasion.now.toISOString() };
}

/** What a new flag is in every environment: off, and once it is turned on, serving its first variant that is not the off variant. */
export function initialFlag(
  input: Pick<Input, 'key' | 'variants' | 'off' | 'client'>,
  type: FlagDefinition['type'],
  salt: string,
) {
  const { key, client = false } = input;
  const variants = input.variants ?? usualVariants(type);
  const off = input.off ?? (type === 'boolean' ? nameOf(variants, false) : undefined);
  const fallthrough: Serve = { variant: servedWhenOn(variants, type, off) };
  const flag = { key, on: false, variants, client, prerequisites: [], pins: [], rules: [], fallthrough, salt, locked: false };
  return { ...flag, ...(off !== undefined && { off }) } satisfies EnvironmentFlag;
}

function usualVariants(type: FlagDefinition['type']): Record<string, Json> {
  if (type === 'boolean') return { on: true, off: false };
  const example = {
    string: `{ "blue": "#00f", "green": "#0f0" }`,
    number: `{ "few": 10, "many": 100 }`,
    json: `{ "small": { "rows": 10 } }`,
  };
  const message = `a ${type} flag needs its variants, such as ${example[type]}`;
  return fail('INVALID', `A${message.slice(1)}.`, { mistakes: [{ at: '/body/variants', message }] });
}

function servedWhenOn(variants: Readonly<Record<string, Json>>, type: FlagDefinition['type'], off: string | undefined): string {
  const on = type === 'boolean' ? nameOf(variants, true) : undefined;
  const names = Object.keys(variants);
  return on ?? names.find((name) => name !== off) ?? names[0] ?? '';
}

function nameOf(variants: Readonly<Record<string, Json>>, value: Json): string | undefined {
  return Object.keys(variants).find((name) => variants[name] === value);
}

interface Placed {
  readonly environment: string;
  readonly flag: EnvironmentFlag;
  readonly write: Write;
  /** Absent where the flag starts as everywhere. */
  readonly change: Change | undefined;
}

function placed(environment: string, initial: EnvironmentFlag, { environments = {} }: Input): Placed {
  const edit = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
  const flag = edit === undefined ? initial : withEdit(initial, edit);
  const write: Write = { sort: 'environment-flag', key: initial.key, environment, body: flag };
  if (edit === undefined) return { environment, flag, write, change: undefined };
  const { before: _, ...change } = editChange({ environment, before: initial, after: flag });
  return { environment, flag, write, change: { ...change, kind: 'flag.created' } };
}

function creation(definition: FlagDefinition): Change {
  const { key, type, kind } = definition;
  return { kind: 'flag.created', sort: 'flag', key, summary: `created (${type}, ${kind})`, after: asJson(definition) };
}

function unknownEnvironments(state: State, { environments = {} }: Input): Mistake[] {
  const known = environmentsOf(state).map(({ key }) => key);
  return Object.keys(environments).flatMap((key) =>
    known.includes(key)
      ? []
      : [{ at: `/body/environments/${key}`, message: `there is no environment '${key}'. ${suggestion(key, known)}` }],
  );
}

/** What is wrong everywhere is said once, at the body; what is wrong in one environment, there. */
function mistakesIn(next: State, { type }: FlagDefinition, initial: EnvironmentFlag, created: readonly Placed[]): Mistake[] {
  const everywhere = created.slice(0, 1).flatMap(({ environment }) => {
    return mistakesInFlag({ type, flag: initial, around: aroundIn(next, environment) });
  });
  const known = new Set(everywhere.map(({ message }) => message));
  const inOne = created.flatMap(({ environment, flag }) => {
    const found = mistakesInFlag({ type, flag, around: aroundIn(next, environment) });
    const between = mistakesInAsking(next, environment, { sort: 'flag', key: flag.key });
    return [...found.filter(({ message }) => !known.has(message)), ...between].map(({ at, message }) => ({
      at: `/body/environments/${environment}${at}`,
      message,
    }));
  });
  return [...everywhere.map(({ at, message }) => ({ at: `/body${at}`, message })), ...inOne];
}
