import type { Committed, Contracts, RequestRow, RequestStatus, ResponseOf } from '@taffrail/schema';
import picocolors from 'picocolors';
import { changeLines, previewText } from '../affected.ts';
import { reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { printableDeep } from '../printable.ts';
import { answer, row, type Call, type OptionRow, type Paint } from '../row.ts';
import { saidReason } from '../said-reason.ts';
import { tableOf } from '../table.ts';
import { minute } from '../values.ts';

const requests = '/orgs/:org/projects/:project/requests';
const one = `${requests}/:request` as const;

interface One {
  readonly id: string;
}

type RequestCall<Input = One> = Call<Input, 'project'>;
type Shown = ResponseOf<Contracts[`GET ${typeof one}`]>;

const why: OptionRow = { flags: '--reason <text>', about: 'why, for the history' };
/** What still wants somebody. */
const waiting: readonly RequestStatus[] = ['open', 'emergency'];

/** What waits for a second person, and deciding about it. */
export const requestRows = [
  row<{ status?: RequestStatus; all?: true }, 'project'>({
    name: 'request list',
    about: 'List what waits for a second person; -e narrows it to one environment',
    reach: 'project',
    options: [
      { flags: '--status <status>', about: 'those that are open, approved, rejected, withdrawn, expired, emergency or reviewed' },
      { flags: '--all', about: 'those that were decided, too' },
    ],
    run: listRequests,
  }),
  row<One, 'project'>({
    name: 'request show <id>',
    about: 'Show a request: what was asked for, what it would do now, and who is affected',
    reach: 'project',
    run: async (call) => answer(await look(call), requestText),
  }),
  row<One & { readonly digest?: string }, 'project'>({
    name: 'request approve <id>',
    about: 'Look at a request, approve it and apply it',
    more: 'What is applied is exactly what was shown; if it would do something else by then, it is refused.',
    reach: 'project',
    options: [why, { flags: '--yes', about: 'do not ask' }, { flags: '--digest <digest>', about: 'only if it still does this' }],
    run: approve,
  }),
  decision('reject', 'Reject a request; wants --reason', (call) =>
    call.api.call(`POST ${one}/reject`, {
      params: paramsOf(call),
      body: { reason: saidReason(call.common.reason, `rejecting request ${call.input.id}`) },
    }),
  ),
  decision('withdraw', 'Withdraw a request of your own', (call) =>
    call.api.call(`POST ${one}/withdraw`, { params: paramsOf(call), body: reasonOf(call.common) }),
  ),
  decision('review', 'Say that you have looked at what was published in an emergency', (call) =>
    call.api.call(`POST ${one}/review`, { params: paramsOf(call), body: reasonOf(call.common) }),
  ),
];

function decision(act: string, about: string, decide: (call: RequestCall) => Promise<Committed>) {
  return row<One, 'project'>({
    name: `request ${act} <id>`,
    about,
    reach: 'project',
    options: [why],
    run: async (call) => answer(await decide(call), ({ changes }) => changeLines(changes).join('\n')),
  });
}

async function listRequests({ api, at, input, common }: RequestCall<{ status?: RequestStatus; all?: true }>) {
  const query = present({ status: input.status, environment: common.environment });
  const page = await api.call(`GET ${requests}`, { params: at, query });
  const isWanted = ({ status }: RequestRow) => input.all === true || input.status !== undefined || waiting.includes(status);
  const found = page.requests.filter(isWanted);
  return answer({ ...page, requests: found }, () =>
    found.length === 0
      ? 'Nothing waits for a second person.'
      : tableOf(['REQUEST', 'STATUS', 'WHO', 'WHEN', 'WHAT'], found.map(cellsOf)),
  );
}

const cellsOf = ({ id, status, requestedBy, requestedAt, summary }: RequestRow) => [
  id,
  status,
  requestedBy.name,
  minute(requestedAt),
  summary,
];

async function approve(call: RequestCall<One & { readonly digest?: string }>) {
  const seen = await look(call);
  const digest = call.input.digest ?? seen.now?.preview?.digest;
  if (digest === undefined)
    throw new Failure('NOTHING_FOUND', seen.now?.problem?.detail ?? `Request ${call.input.id} is ${seen.request.status}.`);
  if (!call.common.yes && call.input.digest === undefined) await confirm(call, seen);
  const body = { digest, ...reasonOf(call.common) };
  const approved = await call.api.call(`POST ${one}/approve`, { params: paramsOf(call), body });
  return answer(approved, ({ changes, revision }, paint) =>
    [
      ...changeLines(changes),
      paint.dim(`Revision ${revision}, undo with: taffrail undo ${revision} --project ${call.at.project}`),
    ].join('\n'),
  );
}

async function confirm({ terminal }: RequestCall, seen: Shown): Promise<void> {
  terminal.err(`${requestText(printableDeep(seen), picocolors.createColors(terminal.color))}\n`);
  if (!terminal.interactive) {
    throw new Failure('NOT_CONFIRMED', 'Nothing was changed. Repeat it with --yes to approve what you see here.');
  }
  const reply = await terminal.ask('Approve this? [y/N] ');
  if (!/^y(es)?$/i.test(reply.trim())) throw new Failure('DECLINED', 'Nothing was changed.');
}

function look(call: RequestCall): Promise<Shown> {
  return call.api.call(`GET ${one}`, { params: paramsOf(call) });
}

function paramsOf({ at, input }: RequestCall) {
  return { ...at, request: input.id };
}

const decisionText = ({ by, reason }: NonNullable<Shown['request']['decision']>) =>
  ` by ${by.name}${reason === undefined ? '' : `: ${reason}`}`;

function requestText({ request, now, yours }: Shown, paint: Paint): string {
  const { id, status, requestedBy, requestedAt, reason, decision: decided, preview } = request;
  const asked = `Request ${id} of ${requestedBy.name}, ${minute(requestedAt)}: ${status}${decided ? decisionText(decided) : ''}`;
  return [
    paint.bold(asked),
    ...(reason === undefined ? [] : [`  ${reason}`]),
    previewText(now?.preview ?? preview, paint),
    ...(now?.problem ? [paint.red(`It cannot be applied now: ${now.problem.detail}`)] : []),
    ...(now?.preview && now.differs ? [paint.yellow('It would do something else now than when it was asked for.')] : []),
    ...(yours.sentence === undefined || !waiting.includes(status) ? [] : [paint.dim(yours.sentence)]),
  ].join('\n');
}
