import { isDeepStrictEqual } from 'node:util';
import type { Committed, Preview } from '@taffrail/schema';
import picocolors from 'picocolors';
import { affectedLines, changeLines, featureLines, installLines, previewText, warningLines } from './affected.ts';
import type { ApiRequest, Asking, CommandOperation } from './api.ts';
import { cutLines } from './cut-lines.ts';
import { Failure } from './failure.ts';
import type { Places } from './place.ts';
import { printableDeep } from './printable.ts';
import { present } from './present.ts';
import { answer, type Answer, type Call, type Paint } from './row.ts';
import type { CommonOptions } from './settings.ts';
import { signingNote } from './signing-note.ts';
import type { Terminal } from './terminal.ts';

type ProjectCall = Call<unknown, 'project'> | Call<unknown, 'environment'>;

/** The reason that was given, as bodies carry it. */
export const reasonOf = ({ reason }: CommonOptions) => present({ reason });

/** `narrows`: nobody gains anything by it, so it is neither previewed nor asked about and never waits. */
interface Manner {
  readonly narrows?: true;
  /** It cannot be undone: what is to be minded, and whom it reaches, is told though nobody is asked. */
  readonly tells?: true;
  /** Why it may be a slip, as a sentence: it wants a yes then. */
  readonly doubt?: string | undefined;
}

interface Question {
  /** What is said where nobody can be asked. */
  readonly why: string;
  readonly ask: string;
}

const inProduction: Question = {
  why: 'This turns more on in production. Repeat it with --yes to publish it; nothing was changed.',
  ask: 'Publish this in production?',
};

const ofSlip = (doubt: string): Question => ({
  why: `${doubt} Repeat it with --yes if that is meant; nothing was changed.`,
  ask: `${doubt} Is that meant?`,
});

/**
 * Carries out a command in a project. `--preview` only shows it. What turns more on in a production environment is shown
 * first and wants a yes: from the person at the terminal, or by `--yes`.
 */
export async function commit<K extends CommandOperation>(
  call: ProjectCall,
  key: K,
  request: ApiRequest<K>,
  manner: Manner = {},
): Promise<Answer> {
  const { api, common } = call;
  const foresee = () => api.preview(key, request);
  if (common.preview) return answer(await foresee(), previewText);
  const preview = manner.narrows && !manner.tells ? undefined : await foresee();
  const question = preview && publishes(common, preview) ? await questionOf(call, preview, manner) : undefined;
  if (preview && question) await confirm(call.terminal, { seen: preview, question, foresee });
  const committed = await api.command(key, request, askingOf(common));
  if (preview && manner.tells && !question && committed.changed) warn(call.terminal, preview);
  const note = common.json ? undefined : await signingNote(api, call.at, committed.changes);
  return committedAnswer(committed, preview, call.at, note);
}

/** Carries out a command of the organization; these turn nothing on. */
export async function commitPlainly<K extends CommandOperation>(
  { api, common, at }: Call<unknown, 'organization'> | ProjectCall,
  key: K,
  request: ApiRequest<K>,
): Promise<Answer> {
  if (common.preview) return answer(await api.preview(key, request), previewText);
  return committedAnswer(await api.command(key, request, askingOf(common)), undefined, at);
}

/** What the address asks for: without a reason nobody could review an emergency. */
function askingOf({ request, emergency, reason }: CommonOptions): Asking {
  if (request && emergency) throw new Failure('USAGE', 'Either --request, which waits, or --emergency, which does not.');
  if (emergency && !reason) throw new Failure('USAGE', 'An emergency is reviewed afterwards: say why, with --reason.');
  return present({
    request: request ? '1' : undefined,
    emergency: emergency ? '1' : undefined,
    reason: emergency || request ? reason : undefined,
  });
}

function warn(terminal: Terminal, { warnings }: Preview): void {
  const paint = picocolors.createColors(terminal.color);
  for (const warning of printableDeep(warnings)) terminal.err(`${paint.yellow(`mind: ${warning}`)}\n`);
}

/** Whether anything is published at all: what waits is refused, and a request publishes nothing. */
function publishes({ yes, request, emergency }: CommonOptions, { waits = [] }: Preview): boolean {
  return !yes && !request && (emergency === true || waits.length === 0);
}

async function questionOf(call: ProjectCall, preview: Preview, { narrows, doubt }: Manner): Promise<Question | undefined> {
  if (doubt !== undefined && preview.changes.length > 0) return ofSlip(doubt);
  return !narrows && (await wantsYes(call, preview)) ? inProduction : undefined;
}

async function wantsYes({ api, at: { org, project } }: ProjectCall, { narrowing, changes }: Preview): Promise<boolean> {
  if (narrowing || changes.length === 0) return false;
  const { environments } = await api.call('GET /orgs/:org/projects/:project', { params: { org, project } });
  const production = new Set(environments.filter((environment) => environment.production).map(({ key }) => key));
  return changes.some(({ environment }) => environment !== undefined && production.has(environment));
}

interface Asked {
  readonly seen: Preview;
  readonly question: Question;
  readonly foresee: () => Promise<Preview>;
}

/** What was confirmed is what is written: if it would now do something else, it is shown and asked again. */
async function confirm(terminal: Terminal, asked: Asked): Promise<void> {
  const { seen, question, foresee } = asked;
  const paint = picocolors.createColors(terminal.color);
  terminal.err(`${previewText(printableDeep(seen), paint)}\n`);
  if (!terminal.interactive) {
    throw new Failure('NOT_CONFIRMED', question.why);
  }
  const reply = await terminal.ask(`${question.ask} [y/N] `);
  if (!/^y(es)?$/i.test(reply.trim())) throw new Failure('DECLINED', 'Nothing was changed.');
  const now = await foresee();
  if (isDeepStrictEqual(effect(now), effect(seen))) return;
  terminal.err('It changed while you were looking:\n');
  await confirm(terminal, { ...asked, seen: now });
}

const effect = ({ changes, affected }: Preview) => ({ changes, affected });

type Published = Committed & Partial<Pick<Preview, 'affected' | 'features' | 'installs' | 'warnings'>>;

function committedAnswer(
  committed: Committed,
  preview: Preview | undefined,
  at: Partial<Places['environment']>,
  note?: string,
): Answer {
  const { affected, warnings, features, installs } = preview ?? {};
  const data: Published = { ...committed, ...present({ affected, warnings, features, installs }) };
  return answer(data, (told, paint) => committedText(told, at, paint), present({ note }));
}

function committedText(
  { changed, changes, affected = [], features, installs, warnings = [], revision, undo, request }: Published,
  at: Partial<Places['environment']>,
  paint: Paint,
) {
  if (!changed) return ['Nothing to change: it is so already.', ...warningLines(warnings, paint)].join('\n');
  if (isAsked(changes)) return requestText(request, changes, at, paint);
  const undoing = undo && at.project ? `, undo with: taffrail undo ${revision} --project ${at.project}` : '';
  return [
    ...changeLines(changes),
    ...[...cutLines(changes), ...featureLines(features), ...affectedLines(affected), ...installLines(installs)].map(
      (line) => `  ${paint.cyan(line)}`,
    ),
    paint.dim(`Revision ${revision}${undoing}`),
  ].join('\n');
}

/** Nothing but a request came of it. */
const isAsked = (changes: Committed['changes']) => changes.every(({ sort }) => sort === 'request');

function requestText(
  id: string | undefined,
  changes: Committed['changes'],
  { project }: Partial<Places['environment']>,
  paint: Paint,
) {
  const where = project === undefined ? '' : ` --project ${project}`;
  return [
    ...changeLines(changes),
    paint.dim(`Request ${id}: somebody else looks at it with: taffrail request approve ${id}${where}`),
  ].join('\n');
}
