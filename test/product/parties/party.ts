import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { withoutNetwork } from './no-network.ts';

/** What a program came to. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** It has no network: a namespace without routes, or, where none can be made, every way out of the process is shut. */
  readonly offline?: boolean;
}

/** Somebody who shares no user, no folder and no process with anybody else. */
export interface Party {
  readonly name: string;
  /** Nobody else may look into it. */
  readonly folder: string;
  /** The user's number; undefined where the test may not become others. */
  readonly uid: number | undefined;
  /** A path within the folder. */
  path(...parts: string[]): string;
  /** Makes what was brought into the folder this party's. */
  own(path: string): void;
  /** Runs a program to its end. */
  run(command: string, args: readonly string[], circumstances?: Circumstances): Promise<Ran>;
  /** Starts a program whose output goes to two files: a pipe to it would be a socket. */
  start(command: string, args: readonly string[], output: string, circumstances?: Circumstances): ChildProcess;
}

/** Any that nobody has: files tell users apart by their numbers. */
const firstUid = 47_100;
let parties = 0;

/** Makes a party with a folder below one that all may pass and nobody may list. */
export function newParty(name: string, below: string): Party {
  const uid = mayBeOthers() ? firstUid + (parties += 1) : undefined;
  const folder = join(below, name);
  mkdirSync(folder, { mode: 0o700 });
  if (uid !== undefined) chownSync(folder, uid, uid);
  const identity = uid === undefined ? {} : { uid, gid: uid };

  function wordsOf(command: string, args: readonly string[], { env = {}, offline = false }: Circumstances) {
    const plain = { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1', ...env };
    const words = { command, args, env: plain, options: { cwd: folder, ...identity } };
    return offline ? withoutNetwork(words, uid) : words;
  }

  return {
    name,
    folder,
    uid,
    path: (...parts) => join(folder, ...parts),
    own(path) {
      if (uid !== undefined) spawnSync('chown', ['-hR', `${uid}:${uid}`, path]);
    },
    run(command, args, circumstances = {}) {
      const words = wordsOf(command, args, circumstances);
      return ended(spawn(words.command, words.args, { ...words.options, env: words.env, stdio: ['ignore', 'pipe', 'pipe'] }));
    },
    start(command, args, output, circumstances = {}) {
      const words = wordsOf(command, args, circumstances);
      const files = [`${output}.out`, `${output}.err`].map((file) => openSync(join(folder, file), 'a')) as [number, number];
      const child = spawn(words.command, words.args, { ...words.options, env: words.env, stdio: ['ignore', ...files] });
      for (const file of files) closeSync(file);
      return child;
    },
  };
}

let answer: boolean | undefined;

/** Whether the test may run programs as other users, and those may read Node and what was built. */
export function mayBeOthers(): boolean {
  answer ??= process.getuid?.() === 0 && runsAsAnother();
  return answer;
}

function runsAsAnother(): boolean {
  const somebody = { uid: firstUid, gid: firstUid, cwd: '/', stdio: 'ignore' } as const;
  return spawnSync(process.execPath, ['-e', ''], somebody).status === 0;
}

function ended(child: ChildProcess): Promise<Ran> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text) => (out += text));
  child.stderr?.on('data', (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** A folder that all may pass through. */
export function passable(path: string): string {
  chmodSync(path, 0o711);
  return path;
}
