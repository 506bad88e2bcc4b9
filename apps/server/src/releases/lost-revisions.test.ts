import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Committed, Contracts, HistoryEntry, ResponseOf } from '@taffrail/schema';
import { expect, it, onTestFinished } from 'vitest';
import { copyDatabase, restoreDatabase } from '../db/backup.ts';
import { signUpOwner } from '../testing/people.ts';
import { newFolder, startServer, type RunningServer } from '../testing/running-server.ts';
import { commit, manifest } from './releases.test-kit.ts';

type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release']>;

const project = '/api/v1/orgs/default/projects/default';

it('a server whose database is restored issues no revision anew that was issued since the backup', async () => {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [file, backup] = [join(folder, 'taffrail.db'), join(folder, 'backup.db')];
  let server = await startServer({ folder });
  onTestFinished(() => server.close());
  const { token } = await signUpOwner(server);
  const send = async <T = Committed>(method: string, path: string, body?: object) => {
    const answer = await server.send<T>(method, project + path, { token, ...(body && { body }) });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const backOut = (severity: string) =>
    send('POST', '/back-outs', { flags: ['ui'], releases: '>=8', severity, because: 'rows are lost' });
  const revisions = async () => (await send<Detail>('GET', '/releases/8.4.0')).shipments.map(({ revision }) => revision);

  await send('POST', '/flags', { key: 'ui' });
  await send('POST', '/releases', { version: '8.4.0', commit, manifest: manifest('ui') });
  copyDatabase(file, backup);
  await backOut('required');
  await send('PUT', '/environments/production/contexts/org', { contexts: [{ key: 'acme', attributes: {} }] });
  await send('POST', '/environments/production/flags/ui/turn', { on: true });
  expect(await revisions()).toEqual([1, 2]);

  server = await restored(server, backup, file);
  expect(await revisions()).toEqual([1]);
  const { entries } = await send<{ entries: HistoryEntry[] }>('GET', '/history');
  expect(entries[0]).toMatchObject({
    command: 'shipment.note-lost',
    actor: { type: 'system' },
    changes: [{ summary: expect.stringContaining('2 commits were lost when the database was restored') }],
  });
  await backOut('advisory');
  expect(await revisions()).toEqual([1, 5]);
});

async function restored(server: RunningServer, backup: string, file: string): Promise<RunningServer> {
  await server.close();
  restoreDatabase(backup, file, new Date(0));
  return startServer({ folder: server.folder });
}
