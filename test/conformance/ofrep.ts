import { isDeepStrictEqual } from 'node:util';
import type { Context, Json, Resolution } from '@taffrail/engine';
import { contextFrom } from '@taffrail/engine/flat-context';
import { answerIn, type Answer, type Question } from './file.ts';

/** What OFREP says of a flag. */
interface Said {
  readonly key: string;
  readonly value?: Json;
  readonly variant?: string;
  readonly reason?: Resolution['reason'];
  readonly errorCode?: Resolution['errorCode'];
  readonly metadata?: object;
}

/** Asks one flag; undefined where its flat context cannot say whom the question is about. */
export async function askOne(url: string, question: Question): Promise<Answer | undefined> {
  const context = flatContext(question.context);
  if (!context) return undefined;
  return answerTo(question, (await post(`${url}/${encodeURIComponent(question.flag)}`, context)) as Said);
}

/** Asks all flags, once for each context. */
export function askAll(url: string, questions: readonly Question[]): Promise<(Answer | undefined)[]> {
  const asked = new Map<string, Promise<ReadonlyMap<string, Said>>>();
  return Promise.all(
    questions.map(async (question) => {
      const context = flatContext(question.context);
      if (!context) return undefined;
      const text = JSON.stringify(context);
      const all = asked.get(text) ?? flagsOf(url, context);
      asked.set(text, all);
      const said = (await all).get(question.flag);
      return said ? answerTo(question, said) : answerTo(question, { key: question.flag, errorCode: 'FLAG_NOT_FOUND' });
    }),
  );
}

async function flagsOf(url: string, context: object): Promise<ReadonlyMap<string, Said>> {
  const { flags } = (await post(url, context)) as { readonly flags: readonly Said[] };
  return new Map(flags.map((said) => [said.key, said]));
}

async function post(url: string, context: object): Promise<unknown> {
  const headers = { authorization: 'Bearer tf_srv_aaaaaaaa_0', 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ context }) });
  return answer.json();
}

/** The context as OFREP has it, if it comes back as it was: a kind without a text for its key does not. */
function flatContext(context: Context): object | undefined {
  const entities = Object.fromEntries(
    Object.entries(context).map(([kind, entity]) => [kind, typeof entity === 'string' ? { key: entity } : entity]),
  );
  const { user, ...others } = entities;
  const { key, ...attributes } = { ...user };
  const flat = { ...attributes, ...others, ...(key !== undefined && { targetingKey: key }) };
  return isDeepStrictEqual(contextFrom(flat), entities) ? flat : undefined;
}

/**
 * What a client of OFREP makes of it: the code default where there is no value, or one of another type. A reason ERROR with a value is
 * a flag that failed closed.
 */
function answerTo({ codeDefault }: Question, said: Said): Answer {
  const { value, variant, reason = 'ERROR', errorCode = reason === 'ERROR' ? 'GENERAL' : undefined, metadata = {} } = said;
  const facts = metadata as Resolution['flagMetadata'];
  const told = { reason, ...(errorCode && { errorCode }), flagMetadata: facts };
  if (value === undefined) return answerIn({ value: codeDefault, ...told });
  if (typeof value === typeof codeDefault) return answerIn({ value, ...(variant !== undefined && { variant }), ...told });
  const mismatch = errorCode ? told : ({ reason: 'ERROR', errorCode: 'TYPE_MISMATCH', flagMetadata: facts } as const);
  return answerIn({ value: codeDefault, ...mismatch });
}
