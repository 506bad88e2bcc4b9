import { commit, reasonOf } from '../commit.ts';
import { present } from '../present.ts';
import { row, type Call, type OptionRow, type Row } from '../row.ts';
import { saidReason } from '../said-reason.ts';
import { percent } from '../values.ts';

interface OneFlag {
  readonly flag: string;
}

interface Rollout extends OneFlag {
  readonly percent: string;
  readonly kind: string;
  readonly variant?: string;
}

interface Pins extends OneFlag {
  readonly keys: string[];
  readonly kind: string;
  readonly variant: string;
  readonly turnOn?: true;
}

type FlagCall<Input = OneFlag> = Call<Input, 'environment'>;

const at = '/orgs/:org/projects/:project/environments/:environment/flags/:flag';
const kindOption: OptionRow = { flags: '--kind <kind>', about: 'the kind of context', fallback: 'org' };
/** Nobody gains anything by these, so they never ask and never wait. */
const narrows = { narrows: true } as const;

/** Acts on a flag in one environment. */
export const flagActRows = [
  act('on <flag>', 'Turn a flag on', (call) => commit(call, `POST ${at}/turn`, of(call, { on: true }))),
  act('off <flag>', 'Turn a flag off', (call) => commit(call, `POST ${at}/turn`, of(call, { on: false }), narrows)),
  act('kill <flag>', 'Kill a flag: off, and locked until it is unlocked', (call) =>
    commit(call, `POST ${at}/kill`, of(call, {}), narrows),
  ),
  act('unlock <flag>', 'Unlock a killed flag; it stays off until it is turned on. Wants --reason', (call) =>
    commit(
      call,
      `POST ${at}/unlock`,
      of(call, { reason: saidReason(call.common.reason, `unlocking ${call.input.flag}`) }),
      narrows,
    ),
  ),
  act<Rollout>(
    'rollout <flag> <percent>',
    'Serve a variant to a percentage of those whom no pin or rule decides; turns the flag on',
    (call) => commit(call, `POST ${at}/rollout`, of(call, rolloutOf(call.input))),
    [
      { ...kindOption, about: 'what is counted' },
      { flags: '--variant <variant>', about: 'what they get (on)' },
    ],
  ),
  act<Pins>(
    'pin <flag> <keys...>',
    'Give contexts a variant before all rules',
    (call) => commit(call, `POST ${at}/pin`, of(call, pinOf(call.input, call.input.variant))),
    [
      kindOption,
      { flags: '--variant <variant>', about: 'what they get', fallback: 'on' },
      { flags: '--turn-on', about: 'turn the flag on too, if it is off: everybody else then gets its off variant' },
    ],
  ),
  act<Pins>(
    'unpin <flag> <keys...>',
    'Take pins away',
    (call) => commit(call, `POST ${at}/pin`, of(call, pinOf(call.input, null))),
    [kindOption],
  ),
];

function act<Input = OneFlag>(
  words: string,
  about: string,
  run: Row<Input, 'environment'>['run'],
  options: OptionRow[] = [],
): Row {
  return row<Input, 'environment'>({ name: `flag ${words}`, about, reach: 'environment', writes: true, options, run });
}

function of<Body extends object>({ at: place, input: { flag }, common }: FlagCall, body: Body) {
  return { params: { ...place, flag }, body: { ...reasonOf(common), ...body } };
}

function rolloutOf({ percent: typed, kind, variant }: Rollout) {
  return { percent: percent(typed), kind, ...present({ variant }) };
}

function pinOf({ kind, keys, turnOn }: Pins, variant: string | null) {
  return { kind, keys, variant, ...present({ turnOn }) };
}
