import type { Condition } from '@taffrail/engine';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderSignedIn, scope } from '../../test/render.tsx';
import { network } from '../../test/server.ts';
import { PlaceContext } from './place.ts';
import { TopCondition } from './top-condition.tsx';

const plan: Condition = { kind: 'org', path: ['plan'], op: 'is', values: ['pro'] };
const seats: Condition = { kind: 'org', path: ['seats'], op: 'at_least', values: [5] };
const place = { scope, environment: 'production', disabled: false };
let now: Condition;

function Editor({ first }: { readonly first: Condition }) {
  const [when, setWhen] = useState(first);
  now = when;
  return <TopCondition when={when} onChange={setWhen} />;
}

function edit(first: Condition, disabled = false) {
  renderSignedIn(
    <PlaceContext value={{ ...place, disabled }}>
      <Editor first={first} />
    </PlaceContext>,
  );
}

beforeEach(() => {
  const net = network();
  const at = '2026-11-01T09:00:00Z';
  net.answer('GET /orgs/acme/projects/web/environments/production/contexts', {
    body: { contexts: [{ kind: 'org', key: 'acme', attributes: { plan: 'pro' }, lastSeenAt: at }], counts: { org: 1 } },
  });
  net.answer('GET /orgs/acme/projects/web/environments/production/segments', { body: { segments: [], revision: 1 } });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a comparison', () => {
  it('is edited word by word', async () => {
    edit(plan);
    await userEvent.clear(screen.getByLabelText('Attribute'));
    await userEvent.type(screen.getByLabelText('Attribute'), 'user.email{Enter}');
    await userEvent.selectOptions(screen.getByLabelText('Operator'), 'does not end with');
    await userEvent.click(screen.getByRole('button', { name: 'Remove pro' }));
    await userEvent.type(screen.getByLabelText('Values: add'), '@a.com,@b.com,');
    expect(now).toEqual({ not: { kind: 'user', path: ['email'], op: 'ends_with', values: ['@a.com', '@b.com'] } });
  });

  it('keeps what was there when an attribute cannot be read', async () => {
    edit(plan);
    await userEvent.clear(screen.getByLabelText('Attribute'));
    await userEvent.type(screen.getByLabelText('Attribute'), '7up{Enter}');
    expect(now).toEqual(plan);
    expect(screen.getByLabelText('Attribute').getAttribute('aria-invalid')).toBe('true');
  });

  it('refuses a value that its operator cannot read, with what is wanted', async () => {
    edit(seats);
    await userEvent.type(screen.getByLabelText('Values: add'), 'many{Enter}');
    expect(now).toEqual(seats);
    expect(screen.getByRole('alert').textContent).toContain('a number');
  });

  it('drops the values that another operator could not read: they would turn the flag off', async () => {
    edit(plan);
    await userEvent.selectOptions(screen.getByLabelText('Operator'), 'is at least');
    expect(now).toEqual({ ...plan, op: 'at_least', values: [] });
  });

  it('asks for no value where the operator wants none', async () => {
    edit(plan);
    await userEvent.selectOptions(screen.getByLabelText('Operator'), 'exists');
    expect(now).toEqual({ ...plan, op: 'exists', values: [] });
    expect(screen.queryByLabelText('Values: add')).toBeNull();
  });

  it('shows whether 5 is a text or a number, and turns it', async () => {
    edit({ kind: 'org', path: ['seats'], op: 'is', values: ['5'] });
    await userEvent.click(screen.getByRole('button', { name: '5 is a text: make it a number' }));
    expect(now).toEqual({ kind: 'org', path: ['seats'], op: 'is', values: [5] });
  });
});

describe('several conditions', () => {
  it('are joined by and, or by or', async () => {
    edit({ all: [plan, seats] });
    await userEvent.selectOptions(screen.getByLabelText('How the conditions are joined'), 'or');
    expect(now).toEqual({ any: [plan, seats] });
  });

  it('grow by one of six sorts, and shrink to a line', async () => {
    edit(plan);
    await userEvent.click(screen.getByRole('button', { name: 'Add a condition: and' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'A share of contexts' }));
    expect(now).toEqual({ all: [plan, { bucket: { kind: 'org' }, ranges: [[0, 10_000]] }] });
    await userEvent.click(screen.getAllByRole('button', { name: 'More for this condition' })[1]!);
    await userEvent.click(screen.getByRole('menuitem', { name: 'Remove the condition' }));
    expect(now).toEqual(plan);
  });

  it('may stand in groups within groups', async () => {
    edit({ all: [plan, { not: { any: [seats, { all: [plan] }] } }] });
    const [outer] = screen.getAllByLabelText<HTMLSelectElement>('Group');
    expect(outer?.selectedOptions[0]?.textContent).toBe('none of');
    await userEvent.selectOptions(outer!, 'not all of');
    expect(now).toEqual({ all: [plan, { not: { all: [seats, { all: [plan] }] } }] });
  });
});

it('leaves nothing to change for those who may not', () => {
  edit({ all: [plan, seats] }, true);
  expect(screen.queryByRole('button')).toBeNull();
  for (const control of screen.getAllByRole<HTMLSelectElement>('combobox')) expect(control.disabled).toBe(true);
});
