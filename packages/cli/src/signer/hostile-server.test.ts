import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newKey, privateKeyIn } from '@taffrail/shipment/signed';
import { cut, encodeShipment, revise, type Shipment } from '@taffrail/shipment';
import { expect, it, onTestFinished } from 'vitest';
import { createApi } from '../api.ts';
import { sha256 } from './digest.ts';
import { followProject } from './follow-project.ts';
import { keepSigning } from './keep-signing.ts';
import { signRound, type Signed } from './sign-round.ts';
import { readSignedBefore } from './signed-before.ts';

const serving = (variant: 'on' | 'off') => ({
  key: 'stream',
  type: 'boolean' as const,
  on: true,
  variants: { on: true, off: false },
  off: 'off',
  salt: 'stream',
  fallthrough: { variant },
});
const cutWith = (variant: 'on' | 'off') =>
  cut({
    product: 'acme',
    line: 'main',
    release: '8.4.0',
    issuedAt: '2026-01-01T09:00:00Z',
    manifest: { flags: [{ key: 'stream' }] },
    entries: [{ flag: serving(variant), policy: 'on', variant }],
    openBackOuts: [],
  });
const digestOf = (shipment: Shipment) => sha256(encodeShipment(shipment));
const backOut = (id: string) => ({ id, flags: ['stream'], severity: 'required' as const, reason: 'it loses rows' });
const after = (before: Shipment, id: string, revision = before.revision + 1) =>
  revise(before, { revision, issuedAt: '2026-02-01T09:00:00Z', prev: digestOf(before), backOuts: [backOut(id)] }) as Shipment;

const [asCut, turnedOn] = [cutWith('off'), cutWith('on')];
const next = after(asCut, 'BO-1');

const row = (shipment: Shipment) => ({ release: shipment.release, revision: shipment.revision, digest: digestOf(shipment) });

/** A server that somebody broke into: it says of itself whatever it likes, and gives what it likes to be signed. */
async function brokenInto() {
  let issued: readonly Shipment[] = [];
  let asked: readonly Shipment[] = [];
  const signed: string[] = [];
  const answers: readonly (readonly [path: RegExp, answer: (revision: number) => object | undefined])[] = [
    [/\/lines$/, () => ({ lines: [{ line: 'main', keys: { version: 1, signing: ['vendor-1'] }, unsigned: asked.map(row) }] })],
    [/\/back-outs$/, () => ({ backOuts: [] })],
    [/\/shipments\/(\d+)$/, (revision) => given(revision)],
    [/\/shipments\/(\d+)\/file$/, (revision) => (signed.push(`r${revision}`), { revision: 1 })],
    [/\/releases\/8\.4\.0$/, () => ({ shipments: issued.map(row) })],
  ];
  const turns: Shipment[] = [];
  const given = (revision: number) => {
    const turn = turns.findIndex((one) => one.revision === revision);
    const [shipment] = turn < 0 ? issued.filter((one) => one.revision === revision) : turns.splice(turn, 1);
    return shipment && { payload: encodeShipment(shipment) };
  };
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const found = answers.find(([pattern]) => pattern.test(path));
    const answer = found?.[1](Number(found[0].exec(path)?.[1]));
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { code: 'NOT_FOUND', detail: 'There is none.' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const signing = {
    api: createApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    at: { org: 'default', project: 'acme' },
    line: 'main',
    keyid: 'vendor-1',
    privateKey: privateKeyIn(newKey()),
    before: await readSignedBefore(undefined),
    clock: () => new Date('2026-03-01T09:00:00Z'),
  };
  return {
    signed,
    /** What a signer says of these, that keeps on signing. */
    async saidOf(...shipments: readonly Shipment[]): Promise<string[]> {
      [issued, asked] = [shipments, shipments];
      const [stop, said] = [new AbortController(), [] as string[]];
      const say = (line: string) => (said.push(line), stop.abort());
      await keepSigning({ signing, streams: signing.api, pollMs: 60_000, say, signal: stop.signal });
      return said;
    },
    /** Has some signed; it shows others beside them, and gives one number in turns. */
    sign(...[shipments, beside = []]: [readonly Shipment[], (readonly Shipment[])?]): Promise<Signed[]> {
      [issued, asked] = [[...beside, ...shipments], shipments];
      turns.splice(0, turns.length, ...shipments);
      return signRound(signing);
    },
  };
}

it('has a release signed as it was cut, and its back-outs', async () => {
  const server = await brokenInto();
  expect(await server.sign([asCut])).toEqual([{ release: '8.4.0', revision: 1 }]);
  expect(await server.sign([next], [asCut])).toEqual([{ release: '8.4.0', revision: 2 }]);
  expect(server.signed).toEqual(['r1', 'r2']);
});

it('has no flag turned on by a revision after one that it made up', async () => {
  const server = await brokenInto();
  await server.sign([asCut]);
  const madeUp = after(turnedOn, 'BO-0', 5);
  const [{ why } = {}] = await server.sign([after(madeUp, 'BO-1', 7)], [madeUp]);
  expect(why).toBe('it has other flags than what was signed of 8.4.0 before, and a release never changes but for its back-outs');
  expect(server.signed).toEqual(['r1']);
});

it('has no first revision signed that is another than the later ones came from', async () => {
  const server = await brokenInto();
  await server.sign([next], [asCut]);
  const [{ why } = {}] = await server.sign([turnedOn]);
  expect(why).toContain('other flags than what was signed of 8.4.0 before');
  expect(server.signed).toEqual(['r2']);
});

it('has one of two signed that it gives for one number at once', async () => {
  const server = await brokenInto();
  const answers = await server.sign([next, after(asCut, 'BO-2')], [asCut]);
  expect(new Set(answers.map(({ why }) => why))).toEqual(new Set(['another r2 was signed meanwhile', undefined]));
  expect(server.signed).toEqual(['r2']);
});

it('cannot write to the terminal of who looks on', async () => {
  const server = await brokenInto();
  const [line] = await server.saidOf({ ...asCut, release: '8.4.0\u001B[2J\u001B]0;root\u0007' });
  expect(line).toMatch(/^8\.4\.0 r1 is not signed: what was signed is wrong at \/release/);
  expect(line).not.toContain('\u001B');
});

it('cannot fill the memory with an event that has no end', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(1_000_000)));
    };
    response.on('drain', more);
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const api = createApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const rung: boolean[] = [];
  await expect(followProject(api, { org: 'default', project: 'acme' }, (has) => void rung.push(has))).rejects.toThrow('no end');
  expect(rung).toEqual([]);
});
