import type { Contracts, ResponseOf, Stage } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { row, type Call } from '../row.ts';
import { saidReason } from '../said-reason.ts';
import { percent } from '../values.ts';

const feature = '/orgs/:org/projects/:project/features/:feature';
const here = '/orgs/:org/projects/:project/environments/:environment/features/:feature';

interface Move {
  readonly feature: string;
  readonly stage?: Stage;
  readonly percent?: string;
  readonly kind?: string;
  readonly accept?: true;
}

type Shown = ResponseOf<Contracts[`GET ${typeof feature}`]>;
type Standing = Shown['environments'][string];

/** Moving features in one environment. */
export const featureMoveRows = [
  row<Move, 'environment'>({
    name: 'feature advance <feature> [stage]',
    about: 'Move a feature to a stage, on or back; to the next one if none is named',
    more: [
      'Stages: dark, internal, early-access, percent, ga, cleanup, removed. --percent 10 means the stage percent.',
      'A feature that was backed out is brought back: that wants --reason, and goes no further than it was.',
    ].join('\n'),
    reach: 'environment',
    writes: true,
    options: [
      { flags: '--percent <percent>', about: 'how many of those whom no audience lets in' },
      { flags: '--kind <kind>', about: 'what is counted (org)' },
      { flags: '--accept', about: 'come to removed though supported releases still read its flags' },
    ],
    run: advance,
  }),
  row<{ feature: string }, 'environment'>({
    name: 'feature back-out <feature>',
    about: 'Back a feature out: all its flags off and locked at once. Wants --reason',
    reach: 'environment',
    writes: true,
    async run(call) {
      const { at, input, common } = call;
      const body = { reason: saidReason(common.reason, `backing ${input.feature} out`) };
      return commit(call, `POST ${here}/back-out`, { params: { ...at, feature: input.feature }, body }, { narrows: true });
    },
  }),
];

async function advance(call: Call<Move, 'environment'>) {
  const { at, input, common } = call;
  const standing = await standingOf(call);
  const body = { stage: stageOf(input, standing, at.environment), ...shareOf(input) };
  const request = { params: { ...at, feature: input.feature }, ifMatch: standing.revision };
  if (standing.stage !== 'backed-out') {
    return commit(call, `POST ${here}/stage`, {
      ...request,
      body: { ...body, ...present({ accept: input.accept }), ...reasonOf(common) },
    });
  }
  const reason = saidReason(common.reason, `bringing ${input.feature} back`);
  return commit(call, `POST ${here}/bring-back`, { ...request, body: { ...body, reason } });
}

async function standingOf({ api, at, input }: Call<Move, 'environment'>): Promise<Standing> {
  const { org, project, environment } = at;
  const { environments } = await api.call(`GET ${feature}`, { params: { org, project, feature: input.feature } });
  const found = environments[environment];
  if (found === undefined) throw new Failure('PLACE_UNKNOWN', `There is no environment "${environment}" in ${project}.`);
  return found;
}

/** A percentage alone means the stage of that name; nothing at all the next stage. */
function stageOf({ feature: key, stage, percent: share }: Move, { stage: present, next }: Standing, environment: string): Stage {
  const wanted = stage ?? (share === undefined ? next : 'percent');
  if (wanted !== undefined) return wanted;
  const why = present === 'backed-out' ? 'it is backed out' : `it is ${present}, the last stage`;
  throw new Failure('USAGE', `Say which stage ${key} is to come to in ${environment}: ${why}.`);
}

function shareOf({ percent: typed, kind }: Move) {
  return { ...(typed === undefined ? {} : { percent: percent(typed) }), ...present({ kind }) };
}
