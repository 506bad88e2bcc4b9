import { validator } from '@taffrail/schema/validate';
import { Refused } from './refused.ts';

type Schema = Parameters<typeof validator>[0];

/** The JSON in verified bytes, of that shape. What the shape does not name is let be: a newer vendor may say more. Throws `Refused`. */
export function payloadReader(schema: Schema): (payload: Uint8Array) => unknown {
  const mistakesIn = validator(schema);
  return (payload) => {
    const value = jsonIn(payload);
    const [mistake] = mistakesIn(value);
    if (mistake) throw new Refused('BAD_PAYLOAD', `what was signed is wrong at ${mistake.at || 'its root'}: ${mistake.message}`);
    return value;
  };
}

function jsonIn(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    throw new Refused('BAD_PAYLOAD', 'what was signed is not JSON in UTF-8');
  }
}
