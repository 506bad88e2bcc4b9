import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagRow, preview } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { CutSheet } from './cut-sheet.tsx';

const project = '/orgs/acme/projects/web';
const flag = (key: string) => ({ key, type: 'boolean', defaults: [false], reads: [{ file: 'a.ts', line: 1, column: 1 }] });
const manifest = JSON.stringify({ format: 1, flags: [flag('letter-avatars'), flag('new-issue-stream')] });
const cut = {
  kind: 'release.cut',
  environment: 'production',
  sort: 'release',
  key: '8.4.0',
  summary: 'cut',
  after: {
    entries: [
      { key: 'letter-avatars', why: 'ga' },
      { key: 'new-issue-stream', why: 'dark' },
    ],
  },
};
const warnings = ['BO-17 is open for it: letter-avatars off in 8.4.0 too.'];
let net: Network;

beforeEach(() => {
  net = network();
  const part = { on: true, locked: false, client: false, summary: '10 % of org', share: 0.1 };
  const flags = [flagRow('new-issue-stream', { environments: { production: part } })];
  net.answer(`GET ${project}/flags`, { body: { flags, revision: 7 } });
  net.answer(`POST ${project}/releases`, ({ path }) => ({
    body: path.includes('preview=1') ? preview({ changes: [cut], warnings }) : committed,
  }));
  renderSignedIn(<CutSheet scope={scope} onClose={() => undefined} />);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const button = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Cut 8\.4\.0|^Cut$/ });
const fill = async () => {
  await userEvent.type(screen.getByLabelText('Version'), '8.4.0');
  await userEvent.type(screen.getByLabelText('Commit'), '9f3c2ab');
  fireEvent.change(screen.getByRole('textbox', { name: 'Manifest' }), { target: { value: manifest } });
};

describe('cutting a release', () => {
  it('shows what would be frozen and why, before anything is sent', async () => {
    await fill();
    const frozen = await screen.findByRole('region', { name: 'What would be frozen' });
    await within(frozen).findByText('hosted: 10 % of org, so dark here');
    expect(frozen.textContent).toContain('letter-avatars ga');
    within(frozen).getByText(warnings[0] ?? '');
    expect(net.sent).toEqual([]);
    expect(net.asked.some(({ path }) => path.includes('preview=1'))).toBe(true);
  });

  it('sends the manifest with its places counted, then says what is left to do', async () => {
    await fill();
    await waitFor(() => expect(button().disabled).toBe(false));
    await userEvent.click(button());
    await screen.findByRole('dialog', { name: '8.4.0 is cut' });
    expect(net.sent.map(({ body }) => body)).toMatchObject([
      { version: '8.4.0', commit: '9f3c2ab', line: 'main', manifest: [{ key: 'letter-avatars', places: 1 }, { places: 1 }] },
    ]);
    expect(screen.getByLabelText('the commands that sign it').textContent).toContain('taffrail shipment sign');
  });

  it('says where a manifest is wrong, and asks nothing', async () => {
    await fill();
    net.answer(`POST ${project}/releases`, { status: 500, body: problem('INTERNAL', 500) });
    fireEvent.change(screen.getByRole('textbox', { name: 'Manifest' }), { target: { value: '{\n  "format": 1,\n}' } });
    expect(screen.getByRole('alert').textContent).toContain('Line 3, column 1');
    expect(button().disabled).toBe(true);
    expect(net.sent).toEqual([]);
  });

  it('takes a file that is dropped', async () => {
    const file = new File([manifest], 'manifest.json', { type: 'application/json' });
    fireEvent.drop(screen.getByRole('textbox', { name: 'Manifest' }), { dataTransfer: { files: [file] } });
    await screen.findByText('2 flags, read in 2 places');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Manifest' }).value).toBe(manifest);
  });

  it.each(['8.x', 'v8.4', 'eight'])('takes %s for no version', async (version) => {
    await userEvent.type(screen.getByLabelText('Version'), version);
    expect(screen.getByRole('alert').textContent).toContain(`“${version}” is no version.`);
  });
});
