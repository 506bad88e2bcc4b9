import type { Context, Json, Resolution } from '@taffrail/engine';
import { about, type Answers, type ContextAnswers } from '../answers.ts';
import type { Logger } from '../platform.ts';
import { createVoice } from '../voice.ts';
import type { Evaluation, Hook } from './hook.ts';

/** A client that hooks can be put on: one of Node's, of a site or of a page. */
export interface Hookable extends ContextAnswers, Pick<Answers, 'forContext'> {
  /** Whom the answers are about where nobody says so, in a client that holds a context. */
  readonly context?: () => Context | undefined;
}

/** Everything that runs this has one. */
declare const console: Logger;

const NOBODY: Context = Object.freeze({});

/**
 * The client with hooks: `before` in the order of the list, the other stages in the opposite one, as OpenFeature has it. It is a
 * second way to the same client, whose other calls are as they were; answers that are asked without hooks cost what they did.
 */
export function withHooks<Client extends Hookable>(client: Client, hooks: readonly Hook[], logger: Logger = console): Client {
  const inward = [...hooks];
  const outward = inward.reduceRight<readonly Hook[]>((list, hook) => [...list, hook], []);
  const run = createRunner(logger);

  function before(given: Evaluation): Evaluation {
    return inward.reduce((evaluation, hook) => {
      const context = run(hook, 'before', () => hook.before?.(evaluation));
      return isContext(context) ? Object.freeze({ ...evaluation, context }) : evaluation;
    }, Object.freeze(given));
  }

  function details(flagKey: string, codeDefault: Json, context = client.context?.() ?? NOBODY): Resolution {
    if (run.isRunning()) return client.forContext(context).details(flagKey, codeDefault);
    const evaluation = before({ flagKey, codeDefault, context });
    const resolution = Object.freeze(client.forContext(evaluation.context).details(flagKey, codeDefault));
    for (const stage of [resolution.errorCode === undefined ? 'after' : 'error', 'finally'] as const)
      for (const hook of outward) run(hook, stage, () => hook[stage]?.(evaluation, resolution));
    return resolution;
  }

  return overlaid(client, answersFrom(details));
}

type Stage = Exclude<keyof Hook, 'name'>;

/** Runs one stage of a hook, and says what it throws, now or later. */
interface Runner {
  (hook: Hook, stage: Stage, call: () => unknown): unknown;
  /** Whether a hook is asking, so that hooks do not go round in circles. */
  readonly isRunning: () => boolean;
}

function createRunner(logger: Logger): Runner {
  const { say } = createVoice(logger);
  const failed = new Set<Hook>();
  let isRunning = false;

  function fail(hook: Hook, stage: Stage, error: unknown): void {
    if (failed.size === failed.add(hook).size) return;
    say('error', `the hook ${hook.name ?? 'without a name'} failed in ${stage} (said once; no answer changes):`, error);
  }

  function run(hook: Hook, stage: Stage, call: () => unknown): unknown {
    isRunning = true;
    try {
      const result = call();
      if (result instanceof Promise) result.catch((error: unknown) => fail(hook, stage, error));
      return result;
    } catch (error) {
      fail(hook, stage, error);
      return undefined;
    } finally {
      isRunning = false;
    }
  }

  return Object.assign(run, { isRunning: () => isRunning });
}

/** A promise comes too late to be evaluated. */
const isContext = (returned: unknown): returned is Context =>
  typeof returned === 'object' && returned !== null && !(returned instanceof Promise);

/** Every question is one for details, so that hooks see each alike. */
function answersFrom(details: (key: string, codeDefault: Json, context?: Context) => Resolution): Answers {
  const value = (key: string, codeDefault: Json, context?: Context): Json => details(key, codeDefault, context).value;
  const isEnabled = (key: string, context?: Context): boolean => value(key, false, context) as boolean;
  // A client's own answers are of these types, and it is a client that is asked.
  const anyones = { isEnabled, value, details } as Omit<Answers, 'forContext'>;
  return { ...anyones, forContext: (context) => about(() => context, anyones) };
}

/** Copied by descriptor: the state of a client is asked for, not read once. */
function overlaid<Client extends object>(client: Client, answers: Answers): Client {
  const descriptors = { ...Object.getOwnPropertyDescriptors(client), ...Object.getOwnPropertyDescriptors(answers) };
  return Object.defineProperties({}, descriptors) as Client;
}
