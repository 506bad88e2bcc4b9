import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, startServer, type Circumstances } from '../cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;

const taffrail = (line: string, circumstances: Circumstances = {}) => user.run(line.split(' '), circumstances);

beforeAll(async () => {
  server = await startServer();
  await taffrail(`login ${server.link} --email ana@acme.example --name Ana --password - -p default`, {
    input: 'correct horse\n',
  });
  await taffrail('flag create pasted --description hunter2');
}, 30_000);
afterAll(() => server.close());

describe('the history', () => {
  it('is listed with the number of each entry', async () => {
    expect((await taffrail('history')).out).toMatch(/^REVISION +ENTRY +WHEN +WHO +WHAT\n2 +\d+ .* pasted: created/);
  });

  it('is verified, and its head is told', async () => {
    const { out, exitCode } = await taffrail('history verify');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\d+ entries, each follows from the one before\.\nhead [0-9a-f]{64}\n$/);
    expect(JSON.parse((await taffrail('history verify --json')).out)).toMatchObject({ erased: 0 });
  });
});

const entry = async () => JSON.parse((await taffrail('history --json')).out).entries[0] as { seq: number; changes: unknown };
const command = async (more: string, circumstances?: Circumstances) =>
  taffrail(`history erase ${(await entry()).seq} --reason pasted ${more}`.trim(), circumstances);

describe('erasing an entry', () => {
  it('wants a reason, and a yes', async () => {
    expect((await taffrail('history erase 1')).err).toContain('--reason');
    const ran = await command('');
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringContaining('gone for ever. Repeat it with --yes') });
    expect(ran.err).toMatch(/^REVISION +ENTRY.*\n2 +\d+ .* pasted: created/);
    expect((await taffrail('history erase 999 --reason pasted')).err).toBe('There is no entry 999 in this history.\n');
    expect(await command('', { replies: ['n'] })).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Nothing was changed'),
    });
    expect(JSON.stringify((await entry()).changes)).toContain('hunter2');
  });

  it('takes away what it says, and names what still says so', async () => {
    const { out } = await command('', { replies: ['y'] });
    expect(out).toMatch(/^What entry \d+ said is erased\.\npasted still says it: change it, then erase the entry once more\./);
    expect(JSON.stringify((await entry()).changes)).not.toContain('hunter2');
    expect((await taffrail('history verify')).out).toContain('What 1 of them said was erased');
  });
});
