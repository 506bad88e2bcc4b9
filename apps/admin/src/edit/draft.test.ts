import { describe, expect, it } from 'vitest';
import { booleanFlag } from '../../test/documents.ts';
import { applied, clashes, type Draft, isEmpty, rebased, withEdit } from './draft.ts';

const base = booleanFlag({ pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] });
const draft: Draft = { environment: 'production', flag: 'checkout', base, revision: 7, edit: {} };

describe('a draft', () => {
  it('is the published flag with what was edited', () => {
    expect(applied(withEdit(draft, { on: true, off: null }))).toEqual({ ...base, on: true, off: undefined });
    expect(applied(withEdit(draft, { off: null }))).not.toHaveProperty('off');
  });

  it.each([
    ['the same value', { on: false }],
    ['an equal list', { pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }] }],
    ['an equal object whose members stand in another order', { variants: { off: false, on: true } }],
    ['the off variant that it has', { off: 'off' }],
  ])('is empty after an edit to %s', (_, edit) => {
    expect(isEmpty(withEdit(draft, edit))).toBe(true);
  });

  it('is empty again when an edit is taken back by hand', () => {
    expect(withEdit(withEdit(draft, { on: true, client: true }), { on: false }).edit).toEqual({ client: true });
  });
});

describe('when somebody else was faster', () => {
  const edited = withEdit(draft, { on: true, pins: [] });

  it('names only the fields that both changed differently', () => {
    expect(clashes(edited, { ...base, client: true })).toEqual([]);
    expect(clashes(edited, { ...base, on: true, client: true })).toEqual([]);
    expect(clashes(edited, { ...base, pins: [{ kind: 'org', variant: 'on', keys: ['berlin'] }] })).toEqual(['pins']);
  });

  it('knows an off variant that was taken away', () => {
    const { off: _, ...withoutOff } = base;
    expect(clashes(withEdit(draft, { off: 'on' }), withoutOff)).toEqual(['off']);
    expect(clashes(withEdit(draft, { off: null }), withoutOff)).toEqual([]);
  });

  it('puts the edit on what is published now and keeps what the other did elsewhere', () => {
    const next = rebased(edited, { ...base, client: true, on: true }, 9);
    expect(next).toMatchObject({ revision: 9, edit: { pins: [] } });
    expect(next.edit).not.toHaveProperty('on');
    expect(applied(next)).toMatchObject({ on: true, client: true, pins: [] });
  });
});
