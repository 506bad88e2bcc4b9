import { Failure } from '../failure.ts';
import { readText } from '../files.ts';
import { declarationOf, type TypedFlag } from '../flag-types.ts';
import { readManifestFile } from '../manifest-file.ts';
import { flagsOf, snapshotIn } from '../override-files.ts';
import { answer, row, type Call } from '../row.ts';
import { judged, readBytes, writeWhole } from '../shipment-files.ts';

interface Codegen {
  readonly file?: string;
  readonly manifest?: string;
  readonly shipment?: string;
  readonly check?: true;
}

type Asked = Call<Codegen, 'machine'>;

/** Types for programs: which flags there are, and what their values are. */
export const codegenRows = [
  row<Codegen, 'machine'>({
    name: 'codegen [file]',
    about: 'Write a TypeScript declaration of the flags, so that a wrong key or type does not compile',
    more: 'Of the flags of an environment; or, without a server, of those in a manifest or a shipment. Without FILE: to standard output.',
    reach: 'machine',
    mayReach: 'environment',
    options: [
      { flags: '--manifest <file>', about: 'the flags that code reads, as "taffrail audit --manifest" writes them' },
      { flags: '--shipment <file>', about: 'the flags of a release' },
      { flags: '--check', about: 'write nothing: exit code 1 if FILE is not what would be written' },
    ],
    run: generate,
  }),
];

async function generate(call: Asked) {
  const { file, check } = call.input;
  const flags = await flagsAsked(call);
  const text = declarationOf(flags);
  if (file === undefined) {
    if (check) throw new Failure('USAGE', 'Name the file that is to be checked: taffrail codegen FILE --check');
    await call.terminal.out(text);
    return undefined;
  }
  if (check) return checked(file, text, call);
  await writeWhole(file, text);
  return answer({ file, flags: flags.length }, (data) => `${data.file}: ${data.flags} flags`);
}

async function checked(file: string, text: string, { terminal }: Asked) {
  const isSame = (await readText(file, terminal)) === text;
  const sentence = isSame ? 'says which flags there are.' : 'is out of date: write it again with taffrail codegen.';
  return answer({ file, isSame }, (data) => `${data.file} ${sentence}`, { exitCode: isSame ? 0 : 1 });
}

async function flagsAsked(call: Asked): Promise<readonly TypedFlag[]> {
  const { manifest, shipment } = call.input;
  if (manifest !== undefined && shipment !== undefined) {
    throw new Failure('USAGE', 'Name a manifest or a shipment: of two sources, which one is right?');
  }
  if (manifest !== undefined) return flagsInManifest(manifest, call);
  return typed(shipment === undefined ? await exported(call) : await snapshotInShipment(shipment), shipment ?? 'the server');
}

async function flagsInManifest(file: string, { terminal }: Asked): Promise<TypedFlag[]> {
  return (await readManifestFile(file, terminal)).map(({ key, type, defaults }) => ({ key, type, values: defaults }));
}

async function snapshotInShipment(file: string): Promise<string> {
  const { lookInto } = await import('@taffrail/shipment/signed');
  const text = await readBytes(file);
  return (await judged(file, () => lookInto(text))).shipment.snapshot;
}

async function exported({ connect }: Asked): Promise<string> {
  const { api, at } = await connect('environment');
  const path = 'GET /orgs/:org/projects/:project/environments/:environment/export';
  return (await api.send(path, { params: at, query: { audience: 'server' } })).text();
}

function typed(snapshot: string, name: string): TypedFlag[] {
  const set = flagsOf(snapshotIn(snapshot, name));
  return [...set.keys()].flatMap((key) => {
    const flag = set.flag(key);
    return flag === undefined ? [] : [{ key, type: flag.type, values: Object.values(flag.variants) }];
  });
}
