import { expect, it } from 'vitest';
import { createEffect } from './effect.ts';

it('says once that a file is gone, and again when one that came back is', () => {
  const said: string[] = [];
  const effect = createEffect(
    'flags.yaml',
    () => undefined,
    (_, remark) => said.push(remark),
  );
  for (let times = 0; times < 2; times++) {
    effect.accept([]);
    effect.end();
    effect.end();
  }
  expect(said).toEqual([
    'flags.yaml was read: 0 overrides.',
    'flags.yaml is gone: its overrides are no longer in effect.',
    'flags.yaml was read: 0 overrides.',
    'flags.yaml is gone: its overrides are no longer in effect.',
  ]);
});
