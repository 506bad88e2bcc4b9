import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flagRow, preview } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network } from '../../test/server.ts';
import { sessionOf } from '../../test/session.ts';
import { navigate } from '../routes/location.ts';
import { Toasts } from '../ui/toasts.tsx';
import { BackOutButton } from './back-out-button.tsx';

const project = '/orgs/acme/projects/web';
const made = { kind: 'back-out.made', sort: 'back-out', key: 'BO-17', summary: 'checkout backed out' };
const issued = (key: string) => ({
  kind: 'shipment.issued',
  environment: 'production',
  sort: 'shipment',
  key,
  summary: 'r2 issued: BO-17 (required) turns checkout off',
});
const installs = [{ release: '8.4.0', revision: 2, connected: 210, airGapped: 1, names: ['Globex, Berlin', 'Initech'] }];
const foretold = preview({ changes: [made, issued('8.4.0'), issued('8.4.1')], installs, narrowing: true });
let net: Network;

beforeEach(() => {
  net = network();
  navigate(`${project}/flags/checkout`);
  net.answer(`GET ${project}/flags`, { body: { flags: [flagRow('checkout'), flagRow('search')], revision: 7 } });
  const standing = { flag: 'checkout', why: 'ga', summary: 'on' };
  const releases = [
    { release: '8.4.1', supported: true, ...standing },
    { release: '8.4.0', supported: true, ...standing },
    { release: '8.3.3', supported: false, ...standing },
  ];
  net.answer(`GET ${project}/flags/checkout/releases`, { body: { releases, revision: 7 } });
  foretell(foretold);
});
afterEach(() => {
  cleanup();
  navigate('/');
  vi.unstubAllGlobals();
});

function foretell(body: object) {
  net.answer(`POST ${project}/back-outs`, ({ path }) => ({
    body: path.includes('preview=1') ? body : { ...committed, changes: [made] },
  }));
}

async function open() {
  renderSignedIn(
    <>
      <BackOutButton scope={scope} flags={['checkout']} />
      <Toasts />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Back checkout out of releases' }));
  return screen.findByRole('dialog', { name: 'Back flags out of releases' });
}

const because = () => screen.getByLabelText('What is wrong, as every site is told');
const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Back out' });

describe('backing out of releases', () => {
  it('begins with the supported releases that read it, and shows whom it reaches', async () => {
    await open();
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Releases').value).toBe('>=8.4.0'));
    const reach = screen.getByRole('region', { name: 'Whom it reaches' });
    const table = await within(reach).findByRole('table', { name: 'Releases that get a shipment' });
    const words = within(table)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent);
    expect(words).toEqual(['8.4.0', 'r2', '210 connected, 1 air-gapped: “Globex, Berlin”, Initech and 209 more']);
    within(reach).getByText('1 more release gets a shipment, and no known install runs it: 8.4.1 r2');
  });

  it('is made once it is said what is wrong, and then shows how far it comes', async () => {
    await open();
    await screen.findByRole('table', { name: 'Releases that get a shipment' });
    expect(button().disabled).toBe(true);
    fireEvent.change(because(), { target: { value: 'rows are lost' } });
    await waitFor(() => expect(button().disabled).toBe(false));
    await userEvent.click(button());
    await waitFor(() => expect(location.pathname).toBe(`${project}/back-outs/BO-17`));
    expect(net.sent.map(({ body }) => body)).toEqual([
      { flags: ['checkout'], releases: '>=8.4.0', severity: 'required', because: 'rows are lost' },
    ]);
  });

  it('asks about no range that is none', async () => {
    await open();
    await screen.findByRole('table', { name: 'Releases that get a shipment' });
    const asked = net.asked.length;
    fireEvent.change(screen.getByLabelText('Releases'), { target: { value: '8.x' } });
    expect(screen.getByRole('alert').textContent).toContain('“8.x” is no range');
    expect(button().disabled).toBe(true);
    expect(net.asked).toHaveLength(asked);
  });

  it('says what each severity means, and sends the one that was chosen', async () => {
    await open();
    await userEvent.click(screen.getByRole('radio', { name: /^Advisory .*keeps it on/ }));
    fireEvent.change(because(), { target: { value: 'slow' } });
    await waitFor(() => expect(button().disabled).toBe(false));
    await userEvent.click(button());
    await waitFor(() => expect(net.sent.map(({ body }) => body)).toMatchObject([{ severity: 'advisory' }]));
  });

  it('asks for a second person where a policy wants one, and stays where it is', async () => {
    foretell({ ...foretold, waits: [{ environment: 'production', action: 'back-out' }] });
    await open();
    fireEvent.change(because(), { target: { value: 'rows are lost' } });
    await userEvent.click(await screen.findByRole('button', { name: 'Request approval' }));
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual([`${project}/back-outs?request=1`]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(location.pathname).toBe(`${project}/flags/checkout`);
  });

  it('is not offered to who may not', () => {
    renderSignedIn(<BackOutButton scope={scope} flags={['checkout']} />, sessionOf('viewer'));
    expect(screen.queryByRole('button')).toBeNull();
  });
});
