import { expect, it } from 'vitest';
import { createLine } from './line.ts';
import type { Exchange } from './platform.ts';

const deaf: Exchange = { opened() {}, received() {}, ended() {} };

it('gives up the exchange at hand before it starts another', () => {
  const line = createLine();
  const happened: string[] = [];
  const start = (name: string) => () => {
    happened.push(`start ${name}`);
    return () => void happened.push(`end ${name}`);
  };
  line.begin(start('one'), deaf);
  line.begin(start('two'), deaf);
  line.drop();
  line.drop();
  expect(happened).toEqual(['start one', 'end one', 'start two', 'end two']);
});

it('gives up an exchange that led to another before its start returned', () => {
  const line = createLine();
  const ended: string[] = [];
  const second = () => line.begin(() => () => void ended.push('second'), deaf);
  line.begin(
    (on) => {
      on.ended({ reason: 'no network' });
      return () => void ended.push('first');
    },
    { ...deaf, ended: second },
  );
  expect(ended).toEqual(['first']);
});
