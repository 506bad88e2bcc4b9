import { get, type IncomingMessage } from 'node:http';

/** Somebody who follows a stream and keeps only where it stands: so many of them fit into one process. */
export interface HeadReader {
  /** `epoch.revision` and checksum of what the reader has now, as a poll of it would be answered. */
  state(): { readonly position: string; readonly checksum: string };
  /** Patches that did not lead on from where the reader was: a change was lost. */
  readonly gaps: readonly string[];
  /** How often the stream ended, and was opened again. */
  reopened(): number;
  close(): void;
}

interface Header {
  readonly from?: number;
  readonly to?: number;
  readonly revision?: number;
  readonly checksum: string;
}

const REOPEN_MS = 100;

/** Follows the stream of a process; when it ends, opens it again from where it was. */
export function followHeads(url: string, key: string): HeadReader {
  const gaps: string[] = [];
  let [position, checksum, opened, isClosed] = ['', '', 0, false];
  let response: IncomingMessage | undefined;

  function open(): void {
    if (isClosed) return;
    opened += 1;
    const headers = { authorization: `Bearer ${key}`, ...(position !== '' && { 'last-event-id': position }) };
    get(`${url}/sdk/v1/stream`, { headers, agent: false }, (answer) => {
      response = answer;
      let rest = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) read(block);
      });
      answer.on('error', () => {}).once('close', later);
    }).on('error', () => response ?? later());
  }

  const later = (): void => {
    response = undefined;
    setTimeout(open, REOPEN_MS);
  };

  function read(block: string): void {
    const [, name, id = ''] = /^event: (snapshot|patch)\nid: (.*)$/m.exec(block) ?? [];
    if (name === undefined) return;
    const [, data = ''] = /^data: (.*)$/m.exec(block) ?? [];
    const header = JSON.parse(data) as Header;
    const own = Number(position.split('.')[1]);
    if (name === 'patch' && header.from !== own) gaps.push(`${position} was patched from ${header.from} to ${header.to}`);
    [position, checksum] = [id, header.checksum];
  }

  open();
  return {
    state: () => ({ position, checksum }),
    gaps,
    reopened: () => opened - 1,
    close() {
      isClosed = true;
      response?.destroy();
    },
  };
}
