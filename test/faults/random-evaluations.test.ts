import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keys } from '../../packages/engine/src/documents.test-kit.ts';
import { NOW } from '../../packages/engine/src/set.test-kit.ts';
import type { Question } from '../conformance/file.ts';
import type { Way } from '../conformance/way.ts';
import { ways } from '../conformance/ways.ts';
import { type World, world } from './random-world.ts';

const isFull = process.env['TAFFRAIL_FAULTS'] === 'full';
const evaluations = isFull ? 1_000_000 : 20_000;
const contexts = isFull ? 100 : 40;
/** Printed when it is over; give it to run the same again. */
const seed = Number(process.env['TAFFRAIL_SEED'] ?? Date.now() % 2 ** 31);
const compared = ['the Node SDK', 'the browser SDK in Chromium', 'the server, all flags at once', 'a shipment'];

let open: (readonly [name: string, way: Way])[] = [];
const asked = new Map(compared.map((name) => [name, 0]));
const total = (): number => asked.get('the Node SDK') ?? 0;

beforeAll(async () => {
  open = await Promise.all(compared.map(async (name) => [name, await ways[name]!()] as const));
});
afterAll(() => Promise.all(open.map(([, way]) => way.close())));

const questionsOf = (one: World): Question[] =>
  one.contexts.flatMap((context) => keys.map((flag) => ({ flag, codeDefault: false, context })));

/** Where an answer is another than that of the Node SDK. What cannot be asked in a way is not compared. */
async function differences(one: World): Promise<object[]> {
  const questions = questionsOf(one);
  const answers = await Promise.all(open.map(([, way]) => way.ask(one.text, questions, NOW)));
  return open.flatMap(([name], index) => {
    const mine = questions.map((question, at) => ({ name, question, answer: answers[index]?.[at], node: answers[0]?.[at] }));
    const answered = mine.filter(({ answer }) => answer !== undefined);
    asked.set(name, (asked.get(name) ?? 0) + answered.length);
    return answered.filter(({ answer, node }) => !isDeepStrictEqual(answer, node));
  });
}

test(
  `${evaluations.toLocaleString('en')} random evaluations are the same wherever they are made`,
  { timeout: 1_800_000 },
  async () => {
    const begunMs = Date.now();
    const same = fc.asyncProperty(world(contexts), async (one) => {
      expect(await differences(one)).toEqual([]);
    });
    while (total() < evaluations) await fc.assert(same, { numRuns: 50, seed: seed + total() });
    const counts = [...asked].map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ');
    console.log(`Seed ${seed}: ${counts}; 0 differences in ${((Date.now() - begunMs) / 1_000).toFixed(1)} s.`);
  },
);
