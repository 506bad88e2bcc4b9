import { open, rename, rm } from 'node:fs/promises';
import { unwritable } from '../file-failure.ts';
import { Failure } from '../failure.ts';
import { answer, row, type Call } from '../row.ts';

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

interface Export {
  readonly file?: string;
  readonly audience: 'server' | 'client';
}

/** A snapshot as SDKs read it, for a file. */
export const exportRows = [
  row<Export, 'environment'>({
    name: 'export [file]',
    about: "Export an environment's snapshot, as SDKs read it, to a file or to standard output",
    reach: 'environment',
    options: [
      {
        flags: '--audience <audience>',
        about: 'server: all of it; client: what browsers get',
        parse: audience,
        fallback: 'server',
      },
    ],
    run: exportSnapshot,
  }),
];

function audience(text: string): string {
  if (text === 'server' || text === 'client') return text;
  throw new Failure('USAGE', `"${text}" is no audience. It is server or client.`);
}

async function exportSnapshot({ api, at, input, terminal }: Call<Export, 'environment'>) {
  const response = await api.send('GET /orgs/:org/projects/:project/environments/:environment/export', {
    params: at,
    query: { audience: input.audience },
  });
  const chunks: Chunks = response.body ?? [];
  if (input.file === undefined) return copyOut(chunks, (text) => terminal.out(text));
  const bytes = await writeWhole(input.file, chunks);
  return answer({ file: input.file, bytes }, (data) => `${data.file}: ${data.bytes} bytes, ${at.project}, ${at.environment}`);
}

async function copyOut(chunks: Chunks, write: (text: string) => Promise<void>): Promise<undefined> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) await write(decoder.decode(chunk, { stream: true }));
  return undefined;
}

/** The file appears complete or not at all: half a snapshot must never be mistaken for one. */
async function writeWhole(file: string, chunks: Chunks): Promise<number> {
  const draft = `${file}.unfinished`;
  try {
    const bytes = await writeDraft(draft, chunks);
    await rename(draft, file);
    return bytes;
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : unwritable(file, error as NodeJS.ErrnoException);
  }
}

async function writeDraft(draft: string, chunks: Chunks): Promise<number> {
  const handle = await open(draft, 'w');
  let bytes = 0;
  try {
    for await (const chunk of chunks) bytes += (await handle.write(chunk)).bytesWritten;
    await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
}
