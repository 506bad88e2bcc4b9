import { createApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { answer, row, type Answer, type Call } from '../row.ts';
import { keyName, readPrivateKey } from '../shipment-files.ts';
import type { Signed, Signing } from '../signer/sign-round.ts';
import { wholeNumber } from '../values.ts';

interface Signer {
  readonly line: string;
  readonly key: string;
  readonly keyid: string;
  readonly state?: string;
  readonly poll: number;
  readonly once?: true;
}

/** A stream is opened anew after this, whatever it tells. */
const streamMs = 300_000;

/** Who has the key: a process beside the server, or on another machine, with a user of its own. */
export const signerRows = [
  row<Signer, 'project'>({
    name: 'signer',
    about: 'Sign what the server issues, as soon as it does, and bring it back. The server has no key',
    more: [
      'Run it as a user of its own that alone may read the key; taffrail-signer.service does. It signs for the product and the line that',
      'it is told here, whatever the server says; a revision only if it changes nothing but back-outs, and drops none that nobody resolved.',
      'It goes on through outages of the server. With --once it signs what waits, and exits with 1 if something was not signed.',
    ].join('\n'),
    example: 'signer --once --key vendor-2026.pem --keyid vendor-2026',
    reach: 'project',
    options: [
      { flags: '--line <line>', about: 'the series of releases', fallback: 'main' },
      { flags: '--key <file>', about: 'the private key, in PEM', required: true },
      { flags: '--keyid <name>', about: 'the name of the key on the key list', parse: keyName, required: true },
      { flags: '--state <file>', about: 'where it notes what it signed, so that it never signs another revision of that number' },
      { flags: '--poll <seconds>', about: 'how often it looks by itself', parse: seconds, fallback: 15 },
      { flags: '--once', about: 'sign what waits, and come to an end' },
    ],
    run: sign,
  }),
];

function seconds(text: string): number {
  const value = wholeNumber(text);
  if (value >= 1 && value <= 3_600) return value;
  throw new Failure('USAGE', `"${text}" seconds are too few or too many. It is 1 to 3600.`);
}

async function sign(call: Call<Signer, 'project'>): Promise<Answer | undefined> {
  const { input, terminal } = call;
  const signing = await signingOf(call);
  if (input.once) return signOnce(signing);
  const { keepSigning } = await import('../signer/keep-signing.ts');
  const say = (line: string): void => void terminal.out(`${line}\n`);
  say(`Signing for ${signing.at.project}, line ${signing.line}, with ${signing.keyid}.`);
  const { signal } = terminal;
  await keepSigning({ signing, streams: streamsOf(call), pollMs: input.poll * 1_000, say, signal });
  return undefined;
}

async function signingOf({ api, at, input: { line, key, keyid, state } }: Call<Signer, 'project'>): Promise<Signing> {
  const { readSignedBefore } = await import('../signer/signed-before.ts');
  const privateKey = await readPrivateKey(key);
  return { api, at, line, keyid, privateKey, before: await readSignedBefore(state), clock: () => new Date() };
}

function streamsOf({ settings: { url = '', token }, terminal: { signal } }: Call<Signer, 'project'>) {
  return createApi({ url, token, signal, timeoutMs: streamMs });
}

async function signOnce(signing: Signing): Promise<Answer> {
  const { NobodySigns, signRound, tellLost } = await import('../signer/sign-round.ts');
  await tellLost(signing);
  const signed = await signRound(signing).catch((error: unknown) => {
    throw error instanceof NobodySigns ? new Failure('REFUSED', error.message, error) : error;
  });
  const isDone = signed.every(({ why }) => why === undefined);
  return answer({ keyid: signing.keyid, shipments: signed }, onceText, { exitCode: isDone ? 0 : 1 });
}

function onceText({ keyid, shipments }: { readonly keyid: string; readonly shipments: readonly Signed[] }): string {
  if (shipments.length === 0) return 'Nothing waits to be signed.';
  return shipments
    .map(({ release, revision, why }) => [`${release} r${revision}`, why] as const)
    .map(([name, why]) => (why === undefined ? `${name} signed by ${keyid}` : `${name} is not signed: ${why}.`))
    .join('\n');
}
