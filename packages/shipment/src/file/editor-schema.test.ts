import { overrideFile } from '@taffrail/schema/override-file';
import * as prettier from 'prettier';
import { expect, it } from 'vitest';

const file = new URL('../../override.schema.json', import.meta.url);

it('gives editors the shape that is checked', async () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:taffrail:override-file:1',
    ...overrideFile,
  };
  const config = await prettier.resolveConfig(file);
  const text = await prettier.format(JSON.stringify(schema), { ...config, parser: 'json' });
  await expect(text).toMatchFileSnapshot(file.pathname);
});
