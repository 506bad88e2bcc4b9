import { Type } from 'typebox';
import { limits } from './limits.ts';

const yes = (description: string) => Type.Optional(Type.String({ enum: ['1', 'true'], description }));

/** What the address of every command may ask for, beside what its contract says. `preview` comes before the others. */
export const commandQuery = {
  preview: yes('`1`: say what would change and who is affected, and write nothing.'),
  request: yes('`1`: commit nothing, but keep it as a request that a second person approves.'),
  emergency: yes(
    '`1`: commit at once what would wait for a second person; wants a reason, and the permission `change.emergency`.',
  ),
  reason: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: limits.reasonLength,
      description: 'Why, for the history, where the body has no place for it.',
    }),
  ),
};
