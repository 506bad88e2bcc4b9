import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Mistake } from '../problem.ts';
import { alternatives } from './alternatives.ts';
import { keywords } from './keywords.ts';

/** Turns a validator's errors into mistakes, each once, in words for people. */
export function inWords(errors: readonly ErrorObject[], at: string): Mistake[] {
  const mistakes = new Map<string, Mistake>();
  for (const error of alternatives(errors)) {
    const found = inWordsOf(error, at);
    if (found) mistakes.set(`${found.at}\n${found.message}`, found);
  }
  return [...mistakes.values()];
}

/** Steering keywords say nothing of their own: the error below them does. */
const silent = new Set(['if', 'propertyNames']);

function inWordsOf(error: ErrorObject, at: string): Mistake | undefined {
  if (silent.has(error.keyword)) return undefined;
  const say = keywords[error.keyword];
  const message = say ? say(error) : 'does not fit here';
  if (error.propertyName !== undefined) {
    return { at: `${at}${error.instancePath}`, message: `the name ${quoted(error.propertyName)} ${message}` };
  }
  return { at: `${at}${error.instancePath}${below(error)}`, message };
}

const quoted = (name: string) => `'${name.length > 60 ? `${name.slice(0, 60)}…` : name}'`;

/** An unknown or missing field is a mistake at the field, not at the object around it. */
function below({ params }: ErrorObject): string {
  const field: unknown = params['additionalProperty'] ?? params['missingProperty'];
  return typeof field === 'string' ? `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
}
