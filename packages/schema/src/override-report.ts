import { Type, type Static } from 'typebox';
import { flagKey, strict } from './atoms.ts';
import { json } from './rules.ts';

const word = Type.String({ maxLength: 500 });

/** An entry of a site's override file, as the site tells it. What people noted is absent where the operator withholds it. */
export const overrideReport = strict({
  flag: flagKey,
  value: json,
  orgs: Type.Optional(Type.Array(word, { maxItems: 1_000 })),
  expires: Type.Optional(word),
  acknowledges: Type.Optional(Type.Array(word, { maxItems: 100 })),
  line: Type.Integer({ minimum: 1 }),
  /** Of the entry, as it stands in support codes. */
  hash: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{5}$', description: 'five characters, as in a support code' }),
  reason: Type.Optional(word),
  ticket: Type.Optional(word),
  setBy: Type.Optional(word),
  setOn: Type.Optional(word),
});
export type OverrideReport = Static<typeof overrideReport>;
