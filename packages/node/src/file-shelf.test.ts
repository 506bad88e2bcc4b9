import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileShelf, shelfName } from './file-shelf.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taffrail-shelf-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file shelf', () => {
  it('gives back what it was given last, to its owner only', async () => {
    const shelf = fileShelf(join(folder, 'deep', 'down'), 'a.snapshot');
    expect(shelf.read()).toBeUndefined();
    await shelf.write('one');
    await shelf.write('two');
    expect(shelf.read()).toBe('two');
    expect(statSync(join(folder, 'deep', 'down', 'a.snapshot')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'deep', 'down')).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing beside its file', async () => {
    const shelf = fileShelf(folder, 'a.snapshot');
    for (const text of ['one', 'two', 'three']) await shelf.write(text);
    expect(readdirSync(folder)).toEqual(['a.snapshot']);
  });

  it('holds the whole of one state at any moment', async () => {
    const shelf = fileShelf(folder, 'a.snapshot');
    const long = 'x'.repeat(1_000_000);
    await shelf.write(long);
    const writing = shelf.write(long.replaceAll('x', 'y'));
    const seen = new Set<string | undefined>();
    for (let looks = 0; looks < 50; looks++) {
      seen.add(shelf.read());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    seen.add(shelf.read());
    for (const text of seen) expect(new Set(text).size).toBe(1);
    expect(readFileSync(join(folder, 'a.snapshot'), 'utf8').startsWith('yy')).toBe(true);
  });

  it('keeps nothing, and says nothing, where nothing can be written', async () => {
    writeFileSync(join(folder, 'taken'), '');
    const shelf = fileShelf(join(folder, 'taken'), 'a.snapshot');
    await expect(shelf.write('text')).resolves.toBeUndefined();
    expect(shelf.read()).toBeUndefined();
  });
});

describe('the name of what is kept', () => {
  const address = { url: 'https://flags.example/', key: 'tf_srv_abcdefgh_secret' };

  it.each<[string, () => string]>([
    ['another server', () => shelfName({ ...address, url: 'https://flags.example/eu/' })],
    ['another key', () => shelfName({ ...address, key: 'tf_srv_bcdefghi_secret' })],
    ['another environment', () => shelfName(address, 'staging')],
  ])('differs for %s', (_, other) => {
    expect(other()).not.toBe(shelfName(address));
  });

  it('does not depend on the secret, nor tell anything', () => {
    expect(shelfName({ ...address, key: 'tf_srv_abcdefgh_rotated' })).toBe(shelfName(address));
    expect(shelfName(address)).toMatch(/^[0-9a-f]{64}\.snapshot$/);
  });
});
