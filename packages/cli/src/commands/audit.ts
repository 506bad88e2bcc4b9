import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Audit, Format, Truth } from '@taffrail/audit';
import picocolors from 'picocolors';
import { Unreachable } from '../api.ts';
import { knownTo } from '../audit-knowledge.ts';
import { reasonOf } from '../commit.ts';
import { unwritable } from '../file-failure.ts';
import { Failure, tell } from '../failure.ts';
import { sourceOf } from '../read-source.ts';
import { answer, row, type Answer, type Call } from '../row.ts';

interface Asked {
  readonly folder?: string;
  readonly staged?: true;
  readonly config?: string;
  readonly against?: string;
  readonly releases?: readonly string[];
  readonly offline?: true;
  readonly format?: Format;
  readonly output?: string;
  readonly manifest?: string;
  readonly report?: true;
  readonly commit?: string;
  readonly source?: string;
}

type AuditCall = Call<Asked, 'machine'>;

/** Which flags the code reads, and what is wrong with it. The auditor is loaded only here. */
export const auditRows = [
  row<Asked, 'machine'>({
    name: 'audit [folder]',
    about: 'Find where code reads flags, and what is wrong with it',
    more: [
      'The flags that there are come from the server one is logged in to, or from a file with --against. Without either, only what needs',
      'neither is checked. Supported releases, which may read what is gone from here, come from the server too, or from files with',
      '--releases. Settings: taffrail.audit.json in the folder. To let a finding be, put this on the line before it:',
      '// taffrail-audit-ignore-next-line unknown -- why',
      'It ends with one line: passed (exit code 0), failed (1) or could not audit (2).',
    ].join('\n'),
    example: 'audit . --manifest flags.manifest.json',
    reach: 'machine',
    mayReach: 'environment',
    options: [
      { flags: '--staged', about: "only what the next commit takes, as it stands in git's index" },
      { flags: '--config <file>', about: 'the settings, in place of those in the folder' },
      { flags: '--against <file>', about: 'the flags that there are: an export, or a manifest' },
      {
        flags: '--releases <files...>',
        about: 'the supported releases: their manifests, or what "taffrail release show --json" writes',
      },
      { flags: '--offline', about: 'ask no server' },
      { flags: '--format <format>', about: 'text, json, sarif or github (text)', parse: formatNamed },
      { flags: '--output <file>', about: 'write the report to a file, and text to the screen' },
      { flags: '--manifest <file>', about: 'write the flags that the code reads to a file, with code defaults and places' },
      { flags: '--report', about: 'tell the server how often the code reads each flag' },
      {
        flags: '--source <name>',
        about: "whose code it is, for --report (the git remote's repository, with the folder within it)",
      },
      { flags: '--commit <id>', about: 'what was audited, for --report (GITHUB_SHA, CI_COMMIT_SHA)' },
    ],
    run: (call) => toTheEnd(call),
  }),
];

const formatNames = ['text', 'json', 'sarif', 'github'];

function formatNamed(text: string): string {
  if (formatNames.includes(text)) return text;
  throw new Failure('USAGE', `"${text}" is no format. It is ${formatNames.join(', ')}.`);
}

/** There is a last line, whatever happens. */
async function toTheEnd(call: AuditCall): Promise<Answer> {
  try {
    return await run(call);
  } catch (error) {
    if (call.terminal.signal.aborted) throw error;
    const { sentences, problem } = tell(error);
    const { noStateLine } = await import('@taffrail/audit');
    const elsewhere = error instanceof Unreachable ? withoutServer(call.input) : '';
    return ended(call, { state: 'could not audit', problem }, '', noStateLine(`${sentences}${elsewhere}`), 2);
  }
}

/** A report goes to the server, and to nobody else. */
const withoutServer = ({ report: tells }: Asked): string =>
  tells ? '' : ' Or audit without it: --against FILE (an export, or a manifest), or --offline for what needs no flags.';

async function run(call: AuditCall): Promise<Answer> {
  const { input, terminal } = call;
  refuseParts(input);
  const { audit, manifestText, stateLine } = await import('@taffrail/audit');
  const { truth, shipped } = await knownTo(call.input, call);
  const { folder = '.', config, staged } = input;
  const today = new Date().toISOString().slice(0, 10);
  const root = resolve(folder);
  const found = await audit({ root, config, staged, truth, shipped, today, env: terminal.env, signal: terminal.signal });
  if (input.manifest !== undefined) await write(input.manifest, manifestText(found.reads));
  if (input.report) await report(call, found, truth);
  return ended(call, found, await reportText(call, found), stateLine(found), found.state === 'passed' ? 0 : 1);
}

/** What is only a part of the code cannot speak for all of it. */
function refuseParts({ staged, manifest, report: tells }: Asked): void {
  if (!staged || (manifest === undefined && !tells)) return;
  throw new Failure('USAGE', 'What is staged is only a part of the code: leave out --staged, or --manifest and --report.');
}

/** Every flag that was looked for, those that nothing reads too. */
async function report(
  { input, terminal, connect, common }: AuditCall,
  { reads, files }: Audit,
  truth: Truth | undefined,
): Promise<void> {
  if (!truth || input.against !== undefined)
    throw new Failure('USAGE', '--report needs the server: log in, and leave out --against and --offline.');
  if (files === 0) throw new Failure('NOTHING_FOUND', 'There is no code here, so nothing was reported: name its folder.');
  const flags = countsOf(reads, truth);
  const dynamic = dynamicOf(reads);
  const { api, at } = await connect('project');
  const commit = input.commit ?? terminal.env['GITHUB_SHA'] ?? terminal.env['CI_COMMIT_SHA'];
  const source = input.source ?? (await sourceOf(resolve(input.folder ?? '.')));
  const body = { source, flags, dynamic, ...(commit ? { commit } : {}), ...reasonOf(common) };
  await api.call('PUT /orgs/:org/projects/:project/reads', { params: at, body });
  const unread = flags.filter(({ reads: count }) => count === 0).length;
  const told = `${flags.length} flags, ${unread} of which this code does not read`;
  const untold =
    dynamic.reads === 0 ? '' : `; ${dynamic.reads} of its reads may be of any flag, which keeps the gate to removed shut`;
  terminal.err(`Reported to ${api.url}, ${at.project}, as ${source}: ${told}${untold}.\n`);
}

function countsOf(reads: Audit['reads'], truth: Truth): { key: string; reads: number }[] {
  const counts = new Map<string, number>(
    [...truth.flags.values()].flatMap(({ key, archived }) => (archived ? [] : [[key, 0] as const])),
  );
  for (const { key, inTest } of reads) {
    const count = key === undefined ? undefined : counts.get(key);
    if (key !== undefined && count !== undefined && !inTest) counts.set(key, count + 1);
  }
  return [...counts].map(([key, count]) => ({ key, reads: count }));
}

/** Reads that may be of any flag: a test asks nothing of who uses the product. */
function dynamicOf(reads: Audit['reads']): { reads: number; places: string[] } {
  const found = reads.filter(({ key, inTest }) => key === undefined && !inTest);
  const places = found.slice(0, 20).map(({ place: { file, line } }) => `${file.slice(-250)}:${line}`);
  return { reads: found.length, places };
}

/** A file takes the format that was asked for, and the screen is for people. */
async function reportText({ input: { format = 'text', output }, terminal }: AuditCall, audit: Audit): Promise<string> {
  const { formats } = await import('@taffrail/audit');
  const text = () => formats.text(audit, picocolors.createColors(terminal.color));
  if (output === undefined) return format === 'text' ? text() : formats[format](audit);
  await write(output, `${format === 'text' ? formats.text(audit) : formats[format](audit)}\n`);
  return text();
}

/** The last line comes after the report where people read both, and beside it where a program reads the report. */
async function ended(call: AuditCall, data: object, text: string, stateLine: string, exitCode: 0 | 1 | 2): Promise<Answer> {
  const { input, common, terminal } = call;
  const forPrograms = common.json || (input.output === undefined && (input.format === 'json' || input.format === 'sarif'));
  if (!common.json && text !== '') await terminal.out(`${text}\n`);
  if (forPrograms) terminal.err(`${stateLine}\n`);
  else await terminal.out(`${stateLine}\n`);
  return answer(data, () => '', { exitCode });
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(file, error);
  });
}
