import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { scanRequest } from '../config/scan-request.ts';
import { writeFiles } from '../monorepo.test-kit.ts';
import { scanApart } from '../scan-apart.ts';
import { perform } from './perform.ts';

const parent = mkdtempSync(join(tmpdir(), 'taffrail-staged-'));
afterAll(() => rmSync(parent, { recursive: true }));

let root = '';
let repositories = 0;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: root });
const write = (path: string, text: string) => writeFiles(root, { [path]: text });
const reads = (folder = root) => {
  const { reads: found } = perform(scanRequest(folder, {}, { staged: true, keys: [] }));
  return found.map(({ key, place: { file, line } }) => `${file}:${line} ${key}`);
};

function loseOld(): void {
  const object = git('rev-parse', ':src/old.ts').toString('utf8').trim();
  rmSync(join(root, '.git/objects', object.slice(0, 2), object.slice(2)));
}

beforeEach(() => {
  root = join(parent, String((repositories += 1)));
  execFileSync('git', ['init', '-q', root]);
  write('src/flags.ts', "import { createClient } from '@taffrail/node';\nexport const flags = createClient({});\n");
  write('src/on.ts', "import { flags } from './flags';\nexport const on = (key: string) => flags.isEnabled(key);\n");
  write('src/old.ts', "import { on } from './on';\non('old');\n");
  git('add', '-A');
  git('commit', '-q', '-m', 'start');
});

describe('what is staged', () => {
  it('is nothing where nothing is', () => {
    expect(reads()).toEqual([]);
  });

  it('is read out of the index: the work tree does not count', () => {
    write('src/new.ts', "import { on } from './on';\non('staged');\n");
    git('add', 'src/new.ts');
    write('src/new.ts', "on('only in the work tree');\n");
    write('src/old.ts', "on('not staged');\n");
    expect(reads()).toEqual(['src/new.ts:2 staged']);
  });

  it('holds before the first commit, and for names that git would quote', () => {
    git('update-ref', '-d', 'HEAD');
    write('src/ü "x"\n.ts', "import { flags } from './flags';\nflags.isEnabled('named');\n");
    git('add', '-A');
    expect(reads()).toContain('src/ü "x"\n.ts:2 named');
    expect(reads()).toContain('src/old.ts:2 old');
  });

  it('is only what is below the folder', () => {
    write('apps/web/a.ts', "import { flags } from '../../src/flags';\nflags.isEnabled('here');\n");
    write('b.ts', "import { flags } from './src/flags';\nflags.isEnabled('there');\n");
    git('add', '-A');
    const inFolder = perform(scanRequest(join(root, 'apps'), { clients: ['flags'] }, { staged: true, keys: [] })).reads;
    expect(inFolder.map(({ key, place }) => `${place.file} ${key}`)).toEqual(['web/a.ts here']);
  });

  it('is neither a deleted file, a link nor a binary', () => {
    git('rm', '-q', 'src/old.ts');
    execFileSync('ln', ['-s', '/etc/passwd', join(root, 'src/link.ts')]);
    write('src/binary.ts', '\0');
    git('add', '-A');
    expect(perform(scanRequest(root, {}, { staged: true, keys: [] }))).toMatchObject({ reads: [], notices: [] });
  });

  it('starts nothing that the repository names', () => {
    const evil = join(root, 'evil.sh');
    const ran = join(parent, 'ran');
    writeFileSync(evil, `#!/bin/sh\ntouch ${ran}\ncat\n`);
    chmodSync(evil, 0o755);
    for (const name of ['core.fsmonitor', 'diff.external', 'core.pager', 'diff.x.textconv', 'filter.x.smudge', 'diff.x.command'])
      git('config', name, evil);
    write('.gitattributes', '*.ts diff=x filter=x\n');
    write('src/new.ts', "import { on } from './on';\non('staged');\n");
    execFileSync('git', ['-c', 'core.fsmonitor=false', '-c', 'filter.x.smudge=', 'add', 'src/new.ts'], { cwd: root });
    rmSync(ran, { force: true });
    expect(reads()).toEqual(['src/new.ts:2 staged']);
    expect(existsSync(ran)).toBe(false);
  });
});

describe('what is staged, but not in the repository', () => {
  it('is named as left out', () => {
    write('src/old.ts', "import { on } from './on';\non('staged');\n");
    git('add', '-A');
    loseOld();
    const { reads: found, notices } = perform(scanRequest(root, {}, { staged: true, keys: [] }));
    expect([found, notices]).toEqual([
      [],
      [{ file: 'src/old.ts', sentence: 'What is staged of it is not in this repository; it was left out.' }],
    ]);
  });

  it('is not fetched: a remote may be a program', async () => {
    const ran = join(root, 'ran');
    writeFileSync(join(root, 'evil'), `#!/bin/sh\ntouch '${ran}'\n`);
    chmodSync(join(root, 'evil'), 0o755);
    write('src/old.ts', "import { on } from './on';\non('staged');\n");
    git('add', '-A');
    loseOld();
    const settings = {
      'core.repositoryformatversion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.url': `ext::${join(root, 'evil')}`,
      'remote.origin.promisor': 'true',
      'protocol.ext.allow': 'always',
    };
    for (const [name, value] of Object.entries(settings)) git('config', name, value);
    // Some releases of git end then, others go on without it.
    const request = scanRequest(root, {}, { staged: true, keys: [] });
    await scanApart(request, { env: { PATH: process.env['PATH'] } }).catch(() => {});
    expect(existsSync(ran)).toBe(false);
  });
});

it('is no audit where there is no repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taffrail-bare-'));
  expect(() => perform(scanRequest(folder, {}, { staged: true, keys: [] }))).toThrow(
    'What is staged cannot be read: fatal: not a git repository',
  );
  rmSync(folder, { recursive: true });
});
