import { expect, it } from 'vitest';
import { isUndoable } from './entry-words.ts';

const isUndoableOf = (...sorts: string[]) =>
  isUndoable({ changes: sorts.map((sort) => ({ kind: 'flag.edited', sort, key: 'new', summary: 'edited' })) });

it.each([[['flag']], [['feature-stage', 'environment-flag']], [['feature', 'flag']], [['environment-flag', 'request']]])(
  'offers an undo of %j',
  (sorts) => {
    expect(isUndoableOf(...sorts)).toBe(true);
  },
);

it.each([[['request']], [['member']], [['flag', 'environment']], [[]]])('offers none of %j', (sorts) => {
  expect(isUndoableOf(...sorts)).toBe(false);
});
