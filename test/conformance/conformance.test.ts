import { readFileSync, readdirSync } from 'node:fs';
import { parseSnapshot } from '@taffrail/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConformanceFile, textOf } from './file.ts';
import type { Way } from './way.ts';
import { ways } from './ways.ts';

const here = new URL('./', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, here), 'utf8')) as ConformanceFile;
const files = readdirSync(here)
  .filter((name) => name.endsWith('.json'))
  .map(read);
const groups = files.flatMap((file) => file.groups);

describe.each(Object.entries(ways))('%s', (_, open) => {
  let way: Way;
  beforeAll(async () => {
    way = await open();
  });
  afterAll(() => way.close());

  it.each(groups.map((group) => [group.name, group] as const))('answers as the file says: %s', async (__, group) => {
    let asked = 0;
    for (const nowMs of new Set(group.cases.map((one) => one.nowMs))) {
      const cases = group.cases.filter((one) => one.nowMs === nowMs);
      const answers = await way.ask(textOf(group), cases, nowMs);
      for (const [index, { name, flag, answer }] of cases.entries()) {
        if (answers[index] === undefined) continue;
        asked += 1;
        expect({ name, flag, answer: answers[index] }).toEqual({ name, flag, answer });
      }
    }
    expect(asked).toBeGreaterThan(group.cases.length / 2);
  });
});

it.each(files.flatMap((file) => file.refused).map((one) => [one.name, one] as const))('refuses %s', (_, one) => {
  expect(parseSnapshot(textOf(one)).snapshot).toBeUndefined();
});
