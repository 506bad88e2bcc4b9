import { chmodSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { profilesPath, readProfiles, writeProfile } from './profiles.ts';

let home = '';
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'taffrail-cli-'))));
const surroundings = () => ({ env: { HOME: home }, home: '/nowhere' });
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

it.each([
  ['XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/xdg', HOME: '/home/ana' }, '/xdg/taffrail/config.json'],
  ['HOME', { HOME: '/home/ana' }, '/home/ana/.config/taffrail/config.json'],
  ['HOME, when XDG_CONFIG_HOME is relative', { XDG_CONFIG_HOME: 'here', HOME: '/h' }, '/h/.config/taffrail/config.json'],
  ['the system, when the environment says nothing', {}, '/system/.config/taffrail/config.json'],
])('keeps its file where %s says', (_, env, path) => {
  expect(profilesPath({ env, home: '/system' })).toBe(path);
});

it('knows no profiles before the first login', async () => {
  expect(await readProfiles(surroundings())).toEqual({ profiles: {} });
});

it('reads back what it wrote, and leaves other profiles alone', async () => {
  await writeProfile(surroundings(), 'default', { url: 'https://a.example', token: 't1' });
  await writeProfile(surroundings(), 'staging', { url: 'https://b.example', token: 't2', project: 'web' });
  await writeProfile(surroundings(), 'default', undefined);
  expect((await readProfiles(surroundings())).profiles).toEqual({
    staging: { url: 'https://b.example', token: 't2', project: 'web' },
  });
});

it('lets only its owner read the file and its folder, even where the file was open to all', async () => {
  const path = profilesPath(surroundings());
  mkdirSync(join(path, '..'), { recursive: true });
  chmodSync(join(path, '..'), 0o755);
  writeFileSync(path, '{"profiles":{}}', { mode: 0o644 });
  await writeProfile(surroundings(), 'default', { url: 'https://a.example', token: 'secret' });
  expect(mode(path)).toBe('600');
});

it('makes the folder for its owner alone, and leaves no draft behind', async () => {
  await writeProfile(surroundings(), 'default', { url: 'https://a.example', token: 'secret' });
  const folder = join(profilesPath(surroundings()), '..');
  expect(mode(folder)).toBe('700');
  expect(readdirSync(folder)).toEqual(['config.json']);
});

it.each(['{', '[]x', '{"profiles":{"default":7}}', '{"profiles":[null]}'])(
  'names the file when it holds %s, and does not overwrite it',
  async (text) => {
    const path = profilesPath(surroundings());
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    await expect(writeProfile(surroundings(), 'default', { token: 't' })).rejects.toThrow(path);
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);
