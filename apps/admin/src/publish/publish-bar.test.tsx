import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { booleanFlag, environment, flagDetail } from '../../test/documents.ts';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { applied } from '../edit/draft.ts';
import { discardDrafts, draftsOf, editFlag, useDrafts } from '../edit/draft-store.ts';
import { Toasts } from '../ui/toasts.tsx';
import { PublishBar } from './publish-bar.tsx';

const document = booleanFlag({ on: true, fallthrough: { variant: 'off' } });
const published = { environment: 'production', document, revision: 7 };
const publish = 'POST /orgs/acme/projects/web/publish';
const widening = {
  revision: 7,
  changes: [],
  affected: [
    {
      environment: 'production',
      flag: 'checkout',
      kind: 'org',
      known: 40,
      changed: 2,
      moves: [{ from: 'off', to: 'on', count: 2, keys: ['acme', 'berlin'] }],
    },
  ],
  dependents: ['cart'],
  narrowing: false,
  warnings: [],
};
let net: Network;

function Bar() {
  const drafts = useDrafts(scope);
  return (
    <>
      {drafts.length > 0 && <PublishBar scope={scope} drafts={drafts} />}
      <Toasts />
    </>
  );
}

beforeEach(() => {
  net = network();
  const project = { key: 'web', name: 'Web', createdAt: document.salt };
  net.answer('GET /orgs/acme/projects', {
    body: { projects: [{ project, environments: [environment('production')], flags: 1 }] },
  });
  net.answer(publish, ({ path }) => ({ body: path.includes('preview=1') ? widening : committed }));
});
afterEach(() => {
  cleanup();
  discardDrafts(scope);
  vi.unstubAllGlobals();
});

describe('the publish bar', () => {
  it('says what changes and who is affected before anything is sent', async () => {
    editFlag(scope, published, { fallthrough: { variant: 'on' } });
    renderSignedIn(<Bar />);
    const bar = screen.getByRole('region', { name: 'Unpublished changes' });
    expect(within(bar).getByText('Everyone else').parentElement?.textContent).toBe('Everyone elseoffon');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Publish/ }).disabled).toBe(true);
    await screen.findByText('off → on for 2 of 40 known orgs: acme and berlin');
    expect(screen.getByText('Depending on it: cart')).toBeTruthy();
    expect(net.sent).toEqual([]);
  });

  it('publishes every edit as one revision and offers the undo', async () => {
    editFlag(scope, published, { fallthrough: { variant: 'on' } });
    editFlag(scope, { ...published, environment: 'staging', revision: 4 }, { client: true });
    renderSignedIn(<Bar />);
    await screen.findByText(/known orgs/);
    await userEvent.click(screen.getByRole('button', { name: /^Publish/ }));
    await screen.findByText('Published 2 changes of 2 flags and environments');
    expect(net.sent.map(({ body }) => body)).toEqual([
      {
        edits: [
          { environment: 'production', flag: 'checkout', edit: { fallthrough: { variant: 'on' } }, revision: 7 },
          { environment: 'staging', flag: 'checkout', edit: { client: true }, revision: 4 },
        ],
      },
    ]);
    expect(draftsOf(scope)).toEqual([]);
    net.answer('POST /undo/8', { body: committed });
    await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    await waitFor(() => expect(net.sent.at(-1)?.path).toBe('/undo/8'));
  });

  it('shows all of a long widening before it sends it, and sends a narrowing at once', async () => {
    const rules = Array.from({ length: 7 }, (_, at) => ({ id: `r${at}`, when: { segment: `s${at}` }, serve: { variant: 'on' } }));
    editFlag(scope, published, { rules });
    renderSignedIn(<Bar />);
    await screen.findByText(/known orgs/);
    expect(screen.queryByText(/segment s6/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /^Publish/ }));
    expect(net.sent).toEqual([]);
    expect(screen.getByText(/segment s6/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^Publish/ }));
    await waitFor(() => expect(net.sent).toHaveLength(1));
  });

  it('keeps the edit and says what is wrong when the server refuses it', async () => {
    const mistakes = [{ at: '/body/edits/0/edit/rules/0', message: "'is' needs a value to compare with" }];
    net.answer(publish, { status: 422, body: problem('INVALID', 422, { mistakes }) });
    editFlag(scope, published, { client: true });
    renderSignedIn(<Bar />);
    await screen.findByText("'is' needs a value to compare with");
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Publish/ }).disabled).toBe(true);
    expect(draftsOf(scope)).toHaveLength(1);
  });

  it('never overwrites: it shows what somebody else did, and puts mine on top only when told', async () => {
    const theirs = { ...document, fallthrough: { variant: 'on' }, client: true };
    net.answer('GET /orgs/acme/projects/web/flags/checkout', { body: flagDetail({ production: theirs }, 9) });
    net.answer(publish, { status: 409, body: problem('CONFLICT', 409, { detail: 'Ben changed checkout in production.' }) });
    editFlag(scope, published, { fallthrough: { codeDefault: true } });
    renderSignedIn(<Bar />);
    await screen.findByText('Ben changed checkout in production.');
    const conflict = screen.getByRole('alert');
    await within(conflict).findByText('Browsers');
    expect(conflict.textContent).toContain('and you changed it too');
    expect(net.sent).toEqual([]);

    net.answer(publish, ({ path }) => ({ body: path.includes('preview=1') ? widening : committed }));
    await userEvent.click(within(conflict).getByRole('button', { name: 'Put mine on top' }));
    await screen.findByText(/known orgs/);
    const [draft] = draftsOf(scope);
    expect(draft).toMatchObject({ revision: 9, edit: { fallthrough: { codeDefault: true } } });
    expect(draft && applied(draft)).toMatchObject({ client: true });
  });

  it('asks for a second person where it waits for one, and leads to what was asked', async () => {
    const waits = [{ environment: 'production', action: 'publish' }];
    const asked = { revision: 8, changed: false, changes: [], request: 'r1' };
    net.answer(publish, ({ path }) => ({ body: path.includes('preview=1') ? { ...widening, waits } : asked }));
    history.replaceState(null, '', '/orgs/acme/projects/web/flags/checkout');
    editFlag(scope, published, { fallthrough: { variant: 'on' } });
    renderSignedIn(<Bar />);
    await userEvent.click(await screen.findByRole('button', { name: /^Request approval/ }));
    await screen.findByText(/^Waits for a second person: Published 1 change/);
    expect(net.sent.map(({ path }) => path)).toEqual(['/orgs/acme/projects/web/publish?request=1']);
    expect(draftsOf(scope)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(location.pathname).toBe('/orgs/acme/projects/web/requests/r1');
  });

  it('publishes in an emergency only with a reason', async () => {
    const waits = [{ environment: 'production', action: 'publish' }];
    net.answer(publish, ({ path }) => ({ body: path.includes('preview=1') ? { ...widening, waits } : committed }));
    editFlag(scope, published, { fallthrough: { variant: 'on' } });
    renderSignedIn(<Bar />);
    const hurry = await screen.findByRole<HTMLButtonElement>('button', { name: 'Emergency: say why' });
    expect(hurry.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Reason, for the history'), 'it burns');
    await userEvent.click(screen.getByRole('button', { name: 'Emergency' }));
    await waitFor(() => expect(net.sent.map(({ path }) => path)).toEqual(['/orgs/acme/projects/web/publish?emergency=1']));
    expect(net.sent.map(({ body }) => body)).toMatchObject([{ reason: 'it burns' }]);
  });

  it('gives everything up on Discard, and nothing is sent', async () => {
    editFlag(scope, published, { client: true });
    renderSignedIn(<Bar />);
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(draftsOf(scope)).toEqual([]);
    expect(screen.queryByRole('region', { name: 'Unpublished changes' })).toBeNull();
    expect(net.sent).toEqual([]);
  });
});
