import { coreRows } from '@taffrail/engine';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { digestOf } from '../keys/key.ts';
import { encodeShipment } from '../release/encode.ts';
import { as, backOutOf, cutOf, entries as anyEntries, on } from '../release.test-kit.ts';
import { after } from '../signed.test-kit.ts';
import { context as anyContext, entriesOfBerlin, entry, keys, NOW_MS } from '../site.test-kit.ts';
import { decodeSupportCode } from '../support/support-code.ts';
import { digestTag, entryTag, tagOf } from '../support/tag.ts';
import { explainSite } from './explain-site.ts';
import { type SiteState, viewSite } from './site-view.ts';

const facts = { owner: 'issues team <issues@acme.example>', link: 'https://acme.example/stream', why: 'ga' };
const r1 = cutOf(
  [
    { ...on('stream'), facts },
    as('dark', 'dark'),
    as('opt-in', 'beta'),
    { ...on('fixed'), overridable: false },
    needing('avatars'),
  ],
  { previous: cutOf([on('old')], { release: '8.3.0' }), became: { old: 'always on' } },
);
const advisory = backOutOf('BO-17', ['stream'], { severity: 'advisory', reason: 'slow', link: 'https://acme.example/BO-17' });

function needing(key: string) {
  return on(key, { prerequisites: [{ flag: 'stream', variants: ['yes'] }] });
}

const claimed = (shipment: typeof r1) => ({ shipment, digest: digestOf(Buffer.from(encodeShipment(shipment))), keyids: ['v'] });
const of = (shipment: typeof r1, parts: Partial<SiteState> = {}) =>
  viewSite({ release: '8.4.0', shipment: claimed(shipment), entries: [], off: [], ...parts }, coreRows);
const nowhere = viewSite({ release: '8.4.0', entries: [], off: [] }, coreRows);

const r2 = after(r1);
const pilot = entry({ flag: 'stream', value: 'on', orgs: ['berlin'] });

/** What is told in short: the value, the layer that decided, and each layer with what it says and how it stands. */
function told(view: ReturnType<typeof of>, flag: string, org?: string) {
  const { resolution, layer, layers } = explainSite(view, { flag, context: org === undefined ? {} : { org }, nowMs: NOW_MS });
  const lines = layers.map(({ source, standing, value, needs = [] }) =>
    [source, JSON.stringify(value), standing, ...needs].join(' '),
  );
  return [`${JSON.stringify(resolution.value)} by ${layer}`, ...lines];
}

const below = ['the code  beaten'];

it.each<[what: string, ReturnType<typeof of>, flag: string, org: string | undefined, told: string[]]>([
  ['a flag that is on', of(r1), 'stream', undefined, ['true by shipment', 'ga true wins', ...below]],
  ['a dark flag', of(r1), 'dark', undefined, ['false by shipment', 'dark false wins', ...below]],
  ['a back-out', of(r2), 'stream', undefined, ['false by back-out', 'BO-17 false wins', 'ga true beaten', ...below]],
  [
    'an override',
    of(r1, { entries: [pilot] }),
    'stream',
    'berlin',
    ['true by override', 'flags.yaml:3 true wins', 'ga true beaten', ...below],
  ],
  [
    'an override for others',
    of(r1, { entries: [pilot] }),
    'stream',
    'rome',
    ['true by shipment', 'flags.yaml:3 true not-for-this-org', 'ga true wins', ...below],
  ],
  [
    'an override that lacks an acknowledgement',
    of(r2, { entries: [pilot] }),
    'stream',
    'berlin',
    ['false by back-out', 'flags.yaml:3 true needs-acknowledgement BO-17', 'BO-17 false wins', 'ga true beaten', ...below],
  ],
  [
    'an override that has it',
    of(r2, { entries: [{ ...pilot, acknowledges: ['BO-17'] }] }),
    'stream',
    'berlin',
    ['true by override', 'flags.yaml:3 true wins', 'BO-17 false beaten', 'ga true beaten', ...below],
  ],
  [
    'an override against an advisory back-out',
    of(after(r1, { backOuts: [advisory] }), { entries: [pilot] }),
    'stream',
    'berlin',
    ['true by override', 'flags.yaml:3 true wins', 'BO-17 false beaten', 'ga true beaten', ...below],
  ],
  [
    'an override that is over',
    of(r1, { entries: [{ ...pilot, untilMs: NOW_MS }] }),
    'stream',
    'berlin',
    ['true by shipment', 'flags.yaml:3 true expired', 'ga true wins', ...below],
  ],
  [
    'an override of another type',
    of(r1, { entries: [entry({ flag: 'stream', value: 25 })] }),
    'stream',
    undefined,
    ['true by shipment', 'flags.yaml:3 25 wrong-type', 'ga true wins', ...below],
  ],
  [
    'an override of a flag that sites may not change',
    of(r1, { entries: [entry({ flag: 'fixed', value: false })] }),
    'fixed',
    undefined,
    ['true by shipment', 'flags.yaml:3 false not-overridable', 'on true wins', ...below],
  ],
  [
    'TAFFRAIL_OFF',
    of(r1, { entries: [pilot], off: ['stream'] }),
    'stream',
    'berlin',
    ['false by off', 'TAFFRAIL_OFF false wins', 'flags.yaml:3 true beaten-by-off', 'ga true beaten', ...below],
  ],
  ['what it depends on being backed out', of(r2), 'avatars', undefined, ['false by shipment', 'on false wins', ...below]],
  [
    'a removed flag',
    of(r1, { entries: [entry({ flag: 'old', value: false })], off: ['old'] }),
    'old',
    undefined,
    ['undefined by code-default', 'TAFFRAIL_OFF  not-shipped', 'flags.yaml:3 false not-shipped', 'the code  wins'],
  ],
  ['no shipment at all', nowhere, 'stream', undefined, ['undefined by code-default', 'the code  wins']],
])('%s is told', (_, view, flag, org, lines) => {
  expect(told(view, flag, org)).toEqual(lines);
});

describe('an explanation', () => {
  const asked = { flag: 'stream', context: { org: 'berlin' }, nowMs: NOW_MS };

  it('says what would be without the site’s words, and without back-outs', () => {
    const view = of(r2, { entries: [{ ...pilot, acknowledges: ['BO-17'] }] });
    expect(explainSite(view, asked).wouldBe).toEqual({ shipped: false, asCut: true });
  });

  it('names owner and link, as the release has them', () => {
    const { owner, link } = facts;
    expect(explainSite(of(r2), asked)).toMatchObject({ known: 'shipped', owner, link, isOverridable: true });
  });

  it('gives the back-out with its reason, link and the revision that brought it', () => {
    const { layers } = explainSite(of(after(r1, { backOuts: [advisory] })), asked);
    expect(layers[0]?.backOut).toEqual({ ...advisory, since: 2 });
  });

  it('names what an overridden flag no longer asks', () => {
    const view = of(r1, { entries: [entry({ flag: 'avatars', value: true })] });
    expect(explainSite(view, { ...asked, flag: 'avatars' }).skips).toEqual(['stream']);
    expect(explainSite(of(r1), { ...asked, flag: 'avatars' }).skips).toEqual([]);
  });

  it('knows what became of a flag, and what it has never heard of', () => {
    expect(explainSite(of(r1), { ...asked, flag: 'old' })).toMatchObject({
      known: 'removed',
      removed: { in: '8.4.0', now: 'always on' },
    });
    expect(explainSite(of(r1), { ...asked, flag: 'constructor' })).toMatchObject({ known: 'unknown' });
    expect(explainSite(of(r1), { ...asked, flag: 'constructor' })).not.toHaveProperty('removed');
  });

  it('has a support code that says the same', () => {
    const { code } = explainSite(of(r2, { entries: [pilot], installTag: 'ABCDE' }), asked);
    expect(decodeSupportCode(code)).toEqual({
      code: {
        release: '8.4.0',
        revision: 2,
        digestTag: digestTag(claimed(r2).digest),
        layer: 'back-out',
        flagTag: tagOf('stream'),
        value: 'off',
        entryTag: entryTag(pilot),
        installTag: 'ABCDE',
      },
    });
  });

  it('leaves an entry for other orgs out of the support code', () => {
    const { code } = explainSite(of(r2, { entries: [pilot] }), { ...asked, context: { org: 'rome' } });
    expect(decodeSupportCode(code).code).not.toHaveProperty('entryTag');
  });

  it('has a support code where there is no shipment', () => {
    const { code } = explainSite(nowhere, asked);
    expect(decodeSupportCode(code).code).toMatchObject({
      revision: 0,
      digestTag: '00000',
      layer: 'code-default',
      value: 'other',
    });
  });
});

const anyBackOuts = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('BO-1', 'BO-2'),
    flags: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1 }),
    severity: fc.constantFrom('required', 'advisory'),
  }),
  { selector: ({ id }) => id },
);
const acknowledging = (all: readonly Entry[]): Entry[] => all.map((one) => ({ ...one, acknowledges: ['BO-1'] }));

test('the layer that is said to decide is the one that the evaluation names, and says what is served', () => {
  const off = fc.subarray(keys);
  fc.assert(
    fc.property(
      anyEntries,
      anyBackOuts,
      entriesOfBerlin,
      off,
      fc.boolean(),
      anyContext,
      (flags, outs, some, named, acks, any) => {
        const backOuts = outs.map(({ id, flags: held, severity }) => backOutOf(id, held, { severity: severity as 'required' }));
        const view = of(cutOf(flags, { openBackOuts: backOuts }), { entries: acks ? acknowledging(some) : some, off: named });
        for (const flag of keys) {
          for (const context of [any, { org: 'berlin' }]) {
            const { resolution, layer, layers } = explainSite(view, { flag, context, nowMs: NOW_MS });
            const winners = layers.filter(({ standing }) => standing === 'wins');
            expect(layer).toBe(resolution.flagMetadata.layer);
            expect(winners.map(({ value }) => value)).toEqual([resolution.value]);
          }
        }
      },
    ),
  );
});
