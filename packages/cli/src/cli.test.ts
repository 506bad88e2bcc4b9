import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSnapshot } from '@taffrail/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { createUser, startServer, type Circumstances, type Ran } from './cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;
let login: Ran;

/** Runs a command line; words with spaces go in as they are, by `more`. */
const taffrail = (line: string, circumstances: Circumstances = {}, more: string[] = []) =>
  user.run([...line.split(' '), ...more], circumstances);
/** Runs a command line that must succeed, and reads its JSON. */
const json = async (line: string) => {
  const { exitCode, out } = await taffrail(`${line} --json`);
  expect({ line, exitCode, out }).toMatchObject({ exitCode: 0 });
  return JSON.parse(out);
};
const revision = async () => (await json('flag list')).revision as number;
const file = (name: string, text: string) => {
  const path = join(user.home, name);
  writeFileSync(path, text);
  return path;
};

const orgsCsv = ['key,plan,size', 'acme,business,240', 'berlin,business,410', 'cobalt,team,45', 'dune,free,3'].join('\n');

beforeAll(async () => {
  server = await startServer();
  login = await taffrail(`login ${server.link} --email ana@acme.example --name Ana --password - -p default -e production`, {
    input: 'correct horse\n',
  });
}, 30_000);
afterAll(() => server.close());

describe('logging in', () => {
  it('keeps a token, and nothing else that is secret, in a file for the owner alone', () => {
    const path = join(user.home, '.config', 'taffrail', 'config.json');
    const text = readFileSync(path, 'utf8');
    expect(login).toMatchObject({ exitCode: 0, err: '' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(text).profiles.default).toMatchObject({
      url: server.url,
      token: expect.stringMatching(/^tf_pat_/),
      project: 'default',
    });
    expect(text).not.toContain('tf_lnk_');
    expect(text).not.toContain('correct horse');
  });

  it('says who one is, and where', async () => {
    const { out, exitCode } = await taffrail('whoami');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Ana <ana@acme.example>\n {2}server +http.*\n {2}by +token\n {2}member of +default \(owner\)/);
  });

  it('is refused with a link that was used', async () => {
    expect(
      await createUser().run(['login', server.link, '--email', 'eve@acme.example', '--name', 'Eve', '--password', '-'], {
        input: 'x'.repeat(9),
      }),
    ).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('This link was used'),
    });
  });

  it('works with a password that a person types', async () => {
    const other = createUser();
    const ran = await other.run(['login', server.url, '--email', 'ana@acme.example'], { replies: ['correct horse'] });
    expect(ran).toMatchObject({ exitCode: 0, err: 'Your password: ' });
    expect((await other.run(['flag', 'list', '-p', 'default'])).exitCode).toBe(0);
  });

  it('asks a person who they are, and a script for the option', async () => {
    const replies = ['ana@acme.example', 'correct horse'];
    const asked = await createUser().run(['login', server.url], { replies });
    expect(asked).toMatchObject({ exitCode: 0, err: 'Your e-mail address: Your password: ' });
    const script = await createUser().run(['login', server.url]);
    expect(script).toMatchObject({ exitCode: 2, err: expect.stringContaining('--email ADDRESS') });
  });

  it('never takes a password from the command line', async () => {
    const ran = await createUser().run(['login', server.url, '--email', 'ana@acme.example', '--password', 'correct horse']);
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringContaining('can be read by others') });
  });

  it('is undone by logout', async () => {
    const other = createUser();
    await other.run(['login', server.url, '--email', 'ana@acme.example'], { replies: ['correct horse'] });
    await other.run(['logout']);
    expect(await other.run(['whoami'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('No server is known.') });
  });
});

describe('a flag', () => {
  it('is created off everywhere', async () => {
    const ran = await taffrail('flag create new-issue-stream --owner issues --client --expires 60d', {}, [
      '--reason',
      'first try',
    ]);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(/Revision \d+, undo with: taffrail undo \d+ --project default/);
    expect((await taffrail('flag list')).out).toMatch(/new-issue-stream +off/);
  });

  it('counts known contexts in its previews, and writes nothing then', async () => {
    await taffrail(`context import ${file('orgs.csv', orgsCsv)}`);
    const before = await revision();
    const ran = await taffrail('flag pin new-issue-stream acme berlin --turn-on --preview');
    expect(ran).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('production: new-issue-stream: 2 of 4 known orgs: acme, berlin (off → on)'),
    });
    expect(await revision()).toBe(before);
  });

  it('is not widened in production unasked: without a person it wants --yes', async () => {
    const before = await revision();
    const ran = await taffrail('flag pin new-issue-stream acme berlin --turn-on');
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain('2 of 4 known orgs: acme, berlin');
    expect(ran.err).toContain('Repeat it with --yes');
    expect(await revision()).toBe(before);
  });

  it('is not widened when the person says no', async () => {
    const before = await revision();
    expect(await taffrail('flag on new-issue-stream', { replies: ['n'] })).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Nothing was changed.'),
    });
    expect(await revision()).toBe(before);
  });

  it('is widened when the person says yes, and the answer says for whom', async () => {
    const ran = await taffrail('flag pin new-issue-stream acme berlin --turn-on', { replies: ['y'] });
    expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining('2 of 4 known orgs: acme, berlin (off → on)') });
  });

  it('is asked about again when it changed while the person was looking', async () => {
    await taffrail('flag create contested');
    const meanwhile = async () => {
      await taffrail('flag pin contested dune --turn-on --yes');
      return 'y';
    };
    const ran = await taffrail('flag pin contested acme --turn-on', { replies: [meanwhile, 'n'] });
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toMatch(/turned on, pinned acme[^]*It changed while you were looking:\ncontested: pinned acme to on/);
    expect((await json('flag show contested')).environments.production.document.pins).toMatchObject([{ keys: ['dune'] }]);
  });

  it('is widened by a script with --yes, and outside of production without it', async () => {
    expect(await taffrail('flag rollout new-issue-stream 50 --yes')).toMatchObject({ exitCode: 0 });
    expect(await taffrail('flag on new-issue-stream -e development')).toMatchObject({ exitCode: 0 });
  });

  it('is narrowed without being asked about', async () => {
    expect(await taffrail('flag rollout new-issue-stream 0')).toMatchObject({ exitCode: 0 });
    expect(await taffrail('flag unpin new-issue-stream berlin --yes')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('1 of 4 known orgs: berlin (on → off)'),
    });
  });

  it('says when a command changes nothing', async () => {
    expect(await taffrail('flag unpin new-issue-stream berlin')).toMatchObject({
      exitCode: 0,
      out: 'Nothing to change: it is so already.\n',
    });
  });

  it('shows its rules in sentences', async () => {
    const { out } = await taffrail('flag show new-issue-stream -e production');
    expect(out).toMatch(/owner +issues/);
    expect(out).toMatch(/production\n {2}org acme → on\n {2}else →/);
    expect(out).not.toContain('staging');
  });

  it('says why', async () => {
    const { out, exitCode } = await taffrail('why new-issue-stream --org acme --attr plan=pro');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^new-issue-stream = ON for org acme {2}production, revision \d+/);
    expect(out).toMatch(/decided by +pins of org: org acme is pinned {2}<- decides/);
    expect(out).toMatch(/seen +org acme \(plan pro, size 240\)/);
    expect((await taffrail('why new-issue-stream --org dune')).out).toMatch(/= OFF for org dune/);
  });

  it('is killed at once, and stays off until it is unlocked with a reason', async () => {
    expect(await taffrail('flag kill new-issue-stream')).toMatchObject({ exitCode: 0 });
    expect(await taffrail('flag on new-issue-stream --yes')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('flag unlock'),
    });
    expect(await taffrail('flag unlock new-issue-stream')).toMatchObject({
      exitCode: 2,
      err: 'Say why: unlocking new-issue-stream wants --reason "…".\n',
    });
    expect(await taffrail('flag unlock new-issue-stream --reason fixed')).toMatchObject({ exitCode: 0 });
    expect((await taffrail('why new-issue-stream --org acme')).out).toMatch(/= OFF for org acme.*\n.*the flag is off here/);
  });

  it('is archived and restored', async () => {
    await taffrail('flag create short-lived');
    expect(await taffrail('flag archive short-lived')).toMatchObject({ exitCode: 0 });
    expect((await taffrail('flag list -e prod')).err).toMatch(
      /^There is no environment "prod" in default\. There are .*production/,
    );
    expect((await taffrail('flag list')).out).not.toContain('short-lived');
    expect((await taffrail('flag list --archived')).out).toContain('short-lived');
    expect(await taffrail('flag restore short-lived')).toMatchObject({ exitCode: 0 });
  });

  it('may have variants of any type, and any key', async () => {
    await taffrail(
      'flag create organizations:page/size --type number --kind config --variant few=10 --variant many=100 --off few',
    );
    expect(await json('flag show organizations:page/size')).toMatchObject({
      environments: { production: { document: { variants: { few: 10, many: 100 }, off: 'few' } } },
    });
  });
});

describe('the way back', () => {
  it('undoes a change, lists it, and rolls an environment back', async () => {
    await taffrail('flag create undo-me -e staging');
    const { revision: on } = await json('flag on undo-me -e staging');
    expect(await taffrail(`undo ${on}`)).toMatchObject({ exitCode: 0 });
    expect((await taffrail('history --limit 1')).out).toMatch(new RegExp(`undoes ${on}: `));
    const back = await json(`rollback --to ${on} -e staging`);
    expect(back.changes).toHaveLength(1);
    expect((await json('flag show undo-me')).environments.staging.document.on).toBe(true);
  });

  it('keeps reasons, and finds changes by flag', async () => {
    const { out } = await taffrail('history --flag new-issue-stream --limit 1000');
    expect(out).toContain('first try');
    expect(out).not.toContain('undo-me');
  });

  it('ends with 1 when no change matches', async () => {
    expect(await taffrail('history --flag nobody')).toMatchObject({ exitCode: 1, out: '' });
  });
});

describe('contexts', () => {
  it('names the line of a mistake, and sends nothing', async () => {
    const path = file('bad.csv', 'key,plan\nzebra,pro\n,free\n');
    expect(await taffrail(`context import ${path}`)).toMatchObject({
      exitCode: 2,
      out: '',
      err: `${path}:3: the key is empty or no text\nNothing was sent.\n`,
    });
    expect((await json('context list --search zebra')).contexts).toEqual([]);
  });

  it('names the line of a mistake that only the server knows of', async () => {
    const path = file('long.csv', `key\nok\n${'x'.repeat(600)}\n`);
    const ran = await taffrail(`context import ${path}`);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toMatch(
      `The server does not take some lines of ${path}. Nothing was kept.\n  ${path}:3 key: must have at most 512`,
    );
  });

  it('says how columns were read, and what was new', async () => {
    const path = file('more.csv', 'key,plan,size\nacme,business,250\nember,team,88\n');
    expect((await taffrail(`context import ${path}`)).out).toBe(
      '2 contexts of kind org: 1 new, 1 known before\nAttributes: plan (text), size (number)\n',
    );
    expect((await json('context list --search ember')).contexts).toMatchObject([
      { key: 'ember', attributes: { plan: 'team', size: 88 } },
    ]);
  });

  it('reads standard input, only checks with --preview, and takes any kind', async () => {
    const input = '{"key":"u1"}\n{"key":"u2"}\n';
    await taffrail('context import - --format jsonl --kind user --preview', { input });
    expect((await json('context list --kind user')).contexts).toEqual([]);
    await taffrail('context import - --format jsonl --kind user', { input });
    expect((await json('context list --kind user')).contexts).toHaveLength(2);
  });

  it('sends large files in parts, and shows how far it is', async () => {
    const rows = Array.from({ length: 25_000 }, (_, index) => `org-${index}`);
    const ran = await taffrail('context import - -e staging', { input: ['key', ...rows].join('\n') });
    expect(ran).toMatchObject({ exitCode: 0, err: '10000 of 25000 sent\n20000 of 25000 sent\n25000 of 25000 sent\n' });
    expect((await json('context list -e staging --limit 1')).counts).toEqual({ org: 25_000 });
  });
});

describe('keys', () => {
  it('are shown once, alone on standard output', async () => {
    const { out, err } = await taffrail('key create --kind server --name ci');
    expect(out).toMatch(/^tf_srv_\w+\n$/);
    expect(err).toContain('keep it');
    const { keys } = await json('key list');
    expect(JSON.stringify(keys)).not.toContain(out.trim());
    expect(await taffrail(`key revoke ${keys[0].id}`)).toMatchObject({ exitCode: 0 });
    expect((await taffrail('key list')).out).toMatch(/ci .*revoked/);
  });
});

describe('segments', () => {
  it('are put, shown and listed; fields that are not named stay', async () => {
    expect((await taffrail('segment list')).out).toContain('Create one with "taffrail segment put KEY --include KEYS -e ');
    const put = await taffrail('segment put early --include acme berlin', {}, ['--name', 'Early adopters']);
    expect(put).toMatchObject({ exitCode: 0 });
    await taffrail('segment put early --exclude dune');
    expect((await json('segment show early')).segment.document).toMatchObject({
      name: 'Early adopters',
      included: ['acme', 'berlin'],
      excluded: ['dune'],
    });
    expect((await taffrail('segment list')).out).toMatch(/early +Early adopters +org +2 +1/);
  });

  it('travel as files', async () => {
    const shown = JSON.stringify(await json('segment show early'));
    expect(await taffrail('segment put early-too --file -', { input: shown })).toMatchObject({ exitCode: 0 });
    expect((await json('segment show early-too')).segment.document.included).toEqual(['acme', 'berlin']);
  });
});

/** Rules are written in the UI; here they come over the API. */
const publishRules = async () => {
  const api = createApi({ url: server.url, token: await token() });
  const edit = {
    on: true,
    off: 'off',
    rules: [{ id: 'early', when: { segment: 'early' }, serve: { variant: 'on' } }],
    fallthrough: {
      split: { kind: 'org' },
      arms: [{ ranges: [[0, 50_000] as const], serve: { variant: 'on' } }],
      rest: { variant: 'off' },
    },
  };
  const edits = [{ environment: 'production', flag: 'ruled', edit }];
  await api.call('POST /orgs/:org/projects/:project/publish', {
    params: { org: 'default', project: 'default' },
    body: { edits },
  });
};

describe('rules', () => {
  it('are told step by step, with what each saw', async () => {
    await taffrail('flag create ruled');
    await publishRules();
    const acme = (await taffrail('why ruled --org acme')).out;
    expect(acme).toMatch(/ruled = ON for org acme/);
    expect(acme).toMatch(/rule early: if in segment early is true → on {2}<- decides/);
    const other = (await taffrail('why ruled --org cobalt --user u1 --attr user.beta=true')).out;
    expect(other).toMatch(/rule early: if in segment early is false\n/);
    expect(other).toMatch(/else → 50 % of org on, else off \(bucket \d+ of 100000\).*<- decides/);
    expect(other).toMatch(/seen +org cobalt \(plan team, size 45\), user u1 \(beta true\)/);
  });

  it('are shown in the words of the flag page, in order', async () => {
    expect((await taffrail('flag show ruled')).out).toContain('  if in segment early → on\n  else → 50 % of org on, else off');
  });

  it('make a change of their segment in production a widening, which asks', async () => {
    const ran = await taffrail('segment put early --include acme berlin cobalt');
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringContaining('ruled') });
    expect((await json('segment show early')).segment.document.included).toEqual(['acme', 'berlin']);
  });

  it.each([
    ['why ruled', 'Say for whom: --org acme'],
    ['why ruled --attr plan=pro', '--attr plan needs a context'],
    ['why ruled --org acme --attr plan', '--attr wants name=value'],
  ])('%s is not understood, and says what is missing', async (line, sentence) => {
    expect(await taffrail(line)).toMatchObject({ exitCode: 2, err: expect.stringContaining(sentence) });
  });
});

describe('an export', () => {
  it('is a snapshot that an SDK can read, the same in a file and on standard output', async () => {
    const path = join(user.home, 'snapshot.ndjson');
    expect(await taffrail(`export ${path}`)).toMatchObject({ exitCode: 0 });
    const { out } = await taffrail('export');
    expect(out).toBe(readFileSync(path, 'utf8'));
    expect(parseSnapshot(out)).toMatchObject({
      snapshot: { header: { origin: { environment: 'production' }, audience: 'server' } },
    });
  });

  it('for browsers holds only what is public', async () => {
    const { out } = await taffrail('export --audience client');
    expect(out).toContain('new-issue-stream');
    expect(out).not.toContain('organizations:page/size');
  });

  it('leaves no half file where it cannot be written', async () => {
    expect(await taffrail(`export ${join(user.home, 'nowhere', 'file')}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('cannot be written: there is no such folder.'),
    });
  });
});

describe('projects', () => {
  it('are created and listed, with the environments that were named', async () => {
    await taffrail('project create shop --with test=Test production=Live', {}, ['--name', 'The shop']);
    expect((await taffrail('project list')).out).toMatch(/shop +The shop +0 +test, production/);
    expect((await taffrail('environment list -p shop')).out).toMatch(/production +Live +production/);
  });

  it('are named when there are several and none was said', async () => {
    const other = createUser({ TAFFRAIL_URL: server.url, TAFFRAIL_TOKEN: await token() });
    expect(await other.run(['flag', 'list'])).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/Say which project: --project KEY.* default has default, shop\./),
    });
  });
});

const token = async () =>
  JSON.parse(readFileSync(join(user.home, '.config', 'taffrail', 'config.json'), 'utf8')).profiles.default.token as string;

describe('the server on this machine', () => {
  it('draws a link for somebody who is locked out, beside the running server', async () => {
    const ran = await taffrail(`sign-in-link ana@acme.example --data ${server.dataFolder}`);
    expect(ran).toMatchObject({ exitCode: 0, err: expect.stringContaining('For ana@acme.example, once, until') });
    expect(ran.out.trim()).toMatch(new RegExp(`^${server.url}/link#tf_lnk_\\w+$`));
    expect(await createUser().run(['login', ran.out.trim()])).toMatchObject({ exitCode: 0 });
  });

  it('is backed up while it runs, never over another file, and not restored under its feet', async () => {
    const path = join(user.home, 'backup.db');
    expect(await taffrail(`backup ${path} --data ${server.dataFolder}`)).toMatchObject({ exitCode: 0 });
    expect(await taffrail(`backup ${path} --data ${server.dataFolder}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(`${path} exists.`),
    });
    expect(await taffrail(`restore ${path} --data ${server.dataFolder}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('A server is running'),
    });
  });

  it('is restored elsewhere, with everybody in it, and what was there is put aside', async () => {
    const path = join(user.home, 'backup.db');
    const elsewhere = join(user.home, 'restored');
    expect(await taffrail(`restore ${path} --data ${elsewhere}`)).toMatchObject({ exitCode: 0, out: `${elsewhere}: restored\n` });
    expect(await taffrail(`sign-in-link ana@acme.example --data ${elsewhere}`)).toMatchObject({ exitCode: 0 });
    const { aside } = await json(`restore ${path} --data ${elsewhere}`);
    expect(statSync(aside).isFile()).toBe(true);
  });

  it.each([
    ['serve --port many', "PORT is 'many': it must be a whole number from 0 to 65535"],
    ['sign-in-link --data nowhere', 'There is no database in'],
  ])('says what is wrong: %s', async (line, sentence) => {
    expect(await taffrail(line)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(sentence) });
  });
});

describe('what is not there is named, with the nearest that is', () => {
  it.each([
    ['flag show new-isue-stream', 'There is no flag "new-isue-stream" in default. Did you mean "new-issue-stream"?'],
    ['flag list -p shp', 'There is no project "shp" in default. Did you mean "shop"?'],
    ['flag on new-issue-stream -e producton', 'There is no environment "producton" in default. Did you mean "production"?'],
    ['flag list --org acme', 'There is no organization "acme" among your organizations. There is default.'],
    ['segment show erly', 'There is no segment "erly" in production. Did you mean "early"?'],
  ])('%s', async (line, sentence) => {
    expect(await taffrail(line)).toEqual({ exitCode: 1, out: '', err: `${sentence}\n` });
  });
});

describe('for machines', () => {
  it.each([
    ['flag show nobody', 1, 'NOT_FOUND'],
    ['flag create new-issue-stream', 1, 'ALREADY_EXISTS'],
    ['flag rollout new-issue-stream 10', 2, 'NOT_CONFIRMED'],
    ['flag rollout new-issue-stream 200', 2, 'USAGE'],
    ['flag nonsense', 2, 'USAGE'],
    ['flag list --url http://127.0.0.1:9', 2, 'NOT_LOGGED_IN'],
  ])('%s answers %i and a problem object, alone on standard output', async (line, exitCode, code) => {
    const ran = await taffrail(`${line} --json`);
    expect(ran.exitCode).toBe(exitCode);
    expect(JSON.parse(ran.out)).toMatchObject({ code, title: expect.any(String), detail: expect.any(String) });
  });

  it('a token that is not valid says to log in again', async () => {
    const ran = await taffrail('flag list', { env: { TAFFRAIL_TOKEN: `${await token()}x` } });
    expect(ran).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('taffrail login') });
  });
});

it('shows nothing that a terminal would obey, whoever wrote it', async () => {
  await taffrail('flag create hostile', {}, ['--owner', '\u001b]0;owned\u0007eve', '--description', '\u001b[2J\u001b[31mred']);
  const { out } = await taffrail('flag show hostile');
  expect(out).not.toContain('\u001b');
  expect(out).toMatch(/owner +eve/);
  expect((await json('flag show hostile')).definition.document.owner).toBe('\u001b]0;owned\u0007eve');
});
