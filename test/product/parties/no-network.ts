import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shut = fileURLToPath(new URL('no-network.child.mjs', import.meta.url));

interface Words {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly options: { readonly cwd: string; readonly uid?: number; readonly gid?: number };
}

/** How a program is kept from the network here: by the kernel if it lets us, else within the process. */
export const keptBy: 'namespace' | 'own namespace' | 'refusal' = works(['-n'])
  ? 'namespace'
  : works(['-r', '-n'])
    ? 'own namespace'
    : 'refusal';

function works(flags: string[]): boolean {
  return spawnSync('unshare', [...flags, 'setpriv', '--version'], { stdio: 'ignore' }).status === 0;
}

/** The same program without a network: not even its own machine answers. Only the namespace's maker becomes another user in it. */
export function withoutNetwork(words: Words, uid: number | undefined): Words {
  const { command, args, env, options } = words;
  if (keptBy === 'refusal') return { ...words, env: { ...env, NODE_OPTIONS: `--import=${shut}` } };
  if (keptBy === 'own namespace' || uid === undefined) {
    const flags = keptBy === 'namespace' ? ['-n'] : ['-r', '-n'];
    return { ...words, command: 'unshare', args: [...flags, command, ...args] };
  }
  const become = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  return { command: 'unshare', args: ['-n', ...become, command, ...args], env, options: { cwd: options.cwd } };
}

/** What a process has had to do with any network. */
export interface Network {
  /** Sockets that it holds now, of whatever kind. */
  readonly sockets: number;
  /** Rows of the tables of connections and listeners of its namespace. */
  readonly connections: number;
  /** Since the namespace was made: connections begun, and packets for which there was no way. */
  readonly tried: number;
}

/** What the kernel counted of a process in a namespace of its own. */
export function networkOf(pid: number): Network {
  const of = (file: string) => readFileSync(`/proc/${pid}/net/${file}`, 'utf8').trim().split('\n');
  const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].map((file) => of(file).length - 1);
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  const counted = { Tcp: ['ActiveOpens', 'AttemptFails'], Udp: ['OutDatagrams'], Ip: ['OutNoRoutes', 'OutRequests'] };
  const rows = of('snmp').map((line) => line.split(/\s+/));
  const tried = Object.entries(counted).flatMap(([kind, names]) => {
    const [titles = [], figures = []] = rows.filter(([title]) => title === `${kind}:`);
    return names.map((name) => Number(figures[titles.indexOf(name)]));
  });
  return {
    sockets: links.filter((link) => link.startsWith('socket:')).length,
    connections: tables.reduce((sum, count) => sum + count, 0),
    tried: tried.reduce((sum, count) => sum + count, 0),
  };
}
