import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refusal } from '../changes/refusal.test-kit.ts';
import { makeFolder } from './folder.ts';

function somewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the data folder', () => {
  it('is made with those above it, for its owner alone', () => {
    const folder = join(somewhere(), 'a', 'b');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['where no folder can be made', () => '/proc/taffrail/data'],
    [
      'where a file is',
      () => {
        const file = join(somewhere(), 'file');
        writeFileSync(file, '');
        return file;
      },
    ],
  ])('is refused %s', (_, place) => {
    const folder = place();
    const message = `The data folder ${folder} cannot be made. Give this user write access, or set TAFFRAIL_DATA to another folder.`;
    expect(refusal(() => makeFolder(folder))).toMatchObject({ code: 'STORAGE_FAILED', message });
  });
});
