import { expect, it } from 'vitest';
import { files, formatFile } from './files.ts';

// `npm run conformance` writes them anew.
it.each(Object.entries(files()))('%s is what the engine answers', async (name, file) => {
  await expect(formatFile(file)).toMatchFileSnapshot(`./${name}`);
});

it('a case has a name of its own in its group', () => {
  for (const { groups } of Object.values(files())) {
    for (const { name, cases } of groups) {
      const names = cases.map((one) => JSON.stringify([one.name, one.flag, one.context, one.codeDefault, one.nowMs]));
      expect([name, new Set(names).size]).toEqual([name, cases.length]);
    }
  }
});
