import type { BodyOf, Contracts } from '@taffrail/schema';
import { commit } from '../commit.ts';
import { present } from '../present.ts';
import { row, type Call } from '../row.ts';
import { day, looseJson, pairs, percent } from '../values.ts';

const at = '/orgs/:org/projects/:project/environments/:environment/flags/:flag';

interface OneFlag {
  readonly flag: string;
}

interface Definition extends OneFlag {
  readonly type?: 'boolean' | 'string' | 'number' | 'json';
  readonly kind?: 'release' | 'experiment' | 'entitlement' | 'config' | 'operational';
  readonly owner?: string;
  readonly description?: string;
  readonly expires?: string;
  readonly variant?: string[];
  readonly off?: string;
  readonly client?: true;
}

/** Making flags and putting them away, in all environments. */
const wholeFlagRows = [
  row<Definition, 'project'>({
    name: 'flag create <flag>',
    about: 'Create a flag, off in every environment',
    more: 'A boolean flag has the variants on and off. Others name theirs: --variant small=10 --variant large=100.',
    reach: 'project',
    writes: true,
    options: [
      { flags: '--type <type>', about: 'boolean, string, number or json (boolean)' },
      { flags: '--kind <kind>', about: 'release, experiment, entitlement, config or operational (release)' },
      { flags: '--owner <owner>', about: 'who answers for it (you)' },
      { flags: '--description <text>', about: 'what it is for' },
      {
        flags: '--expires <day>',
        about: '2027-01-31, 60d, 8w or never (90 days for what is temporary)',
      },
      { flags: '--variant <name=value...>', about: 'a variant and its value, JSON or plain text' },
      { flags: '--off <variant>', about: 'what it serves while off' },
      { flags: '--client', about: 'browsers evaluate it too: what they need of it is public' },
    ],
    run: (call) =>
      commit(call, 'POST /orgs/:org/projects/:project/flags', { params: call.at, body: definitionOf(call) }, unaffecting),
  }),
  row<OneFlag, 'project'>({
    name: 'flag archive <flag>',
    about: 'Archive a flag: SDKs then know nothing of it',
    reach: 'project',
    writes: true,
    run: (call) => commit(call, 'POST /orgs/:org/projects/:project/flags/:flag/archive', whole(call)),
  }),
  row<OneFlag, 'project'>({
    name: 'flag restore <flag>',
    about: 'Restore an archived flag; it is off everywhere',
    reach: 'project',
    writes: true,
    run: (call) => commit(call, 'POST /orgs/:org/projects/:project/flags/:flag/restore', whole(call), unaffecting),
  }),
];

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

const kindOption = { flags: '--kind <kind>', about: 'the kind of context', fallback: 'org' };

/** Acts on a flag in one environment. */
const actRows = [
  row<OneFlag, 'environment'>({
    name: 'flag on <flag>',
    about: 'Turn a flag on',
    reach: 'environment',
    writes: true,
    run: (call) => commit(call, `POST ${at}/turn`, { params: params(call), body: { on: true, ...reason(call) } }),
  }),
  row<OneFlag, 'environment'>({
    name: 'flag off <flag>',
    about: 'Turn a flag off',
    reach: 'environment',
    writes: true,
    run: (call) =>
      commit(call, `POST ${at}/turn`, { params: params(call), body: { on: false, ...reason(call) } }, { narrows: true }),
  }),
  row<OneFlag, 'environment'>({
    name: 'flag kill <flag>',
    about: 'Kill a flag: off, and locked until it is unlocked',
    reach: 'environment',
    writes: true,
    run: (call) => commit(call, `POST ${at}/kill`, { params: params(call), body: reason(call) }, { narrows: true }),
  }),
  row<OneFlag, 'environment'>({
    name: 'flag unlock <flag>',
    about: 'Unlock a killed flag; it stays off until it is turned on. Wants --reason',
    reach: 'environment',
    writes: true,
    run: (call) =>
      commit(call, `POST ${at}/unlock`, { params: params(call), body: { reason: call.common.reason ?? '' } }, unaffecting),
  }),
  row<Rollout, 'environment'>({
    name: 'flag rollout <flag> <percent>',
    about: 'Serve a variant to a percentage of those whom no pin or rule decides; turns the flag on',
    reach: 'environment',
    writes: true,
    options: [
      { ...kindOption, about: 'what is counted' },
      { flags: '--variant <variant>', about: 'what they get (on)' },
    ],
    run: (call) => commit(call, `POST ${at}/rollout`, { params: params(call), body: rolloutOf(call) }),
  }),
  row<Pins, 'environment'>({
    name: 'flag pin <flag> <keys...>',
    about: 'Give contexts a variant before all rules',
    reach: 'environment',
    writes: true,
    options: [
      kindOption,
      { flags: '--variant <variant>', about: 'what they get', fallback: 'on' },
      { flags: '--turn-on', about: 'turn the flag on too; everybody else gets its off variant' },
    ],
    run: (call) => commit(call, `POST ${at}/pin`, { params: params(call), body: pinOf(call, call.input.variant) }),
  }),
  row<Omit<Pins, 'variant'>, 'environment'>({
    name: 'flag unpin <flag> <keys...>',
    about: 'Take pins away',
    reach: 'environment',
    writes: true,
    options: [kindOption],
    run: (call) => commit(call, `POST ${at}/pin`, { params: params(call), body: pinOf(call, null) }),
  }),
];

/** Changing flags. */
export const flagEditRows = [...wholeFlagRows, ...actRows];

/** Nobody gets anything else by these: there is nothing to ask about. */
const unaffecting = { narrows: true } as const;

type FlagCall = Call<OneFlag, 'environment'>;

const params = ({ at: place, input: { flag } }: FlagCall) => ({ ...place, flag });
const reason = ({ common }: Pick<FlagCall, 'common'>) => (common.reason === undefined ? {} : { reason: common.reason });
const whole = (call: Call<OneFlag, 'project'>) => ({ params: { ...call.at, flag: call.input.flag }, body: reason(call) });

type NewFlag = BodyOf<Contracts['POST /orgs/:org/projects/:project/flags']>;

function definitionOf({ input, common }: Call<Definition, 'project'>): NewFlag {
  const { flag, type, kind, owner, description, expires, variant, off, client } = input;
  const variants = Object.entries(pairs('--variant', variant)).map(([name, value]) => [name, valueOf(value, type)]);
  return {
    key: flag,
    ...present({
      type,
      kind,
      owner,
      description,
      off,
      client,
      expiresOn: expires === undefined ? undefined : day(expires, new Date()),
    }),
    ...(variants.length === 0 ? {} : { variants: Object.fromEntries(variants) }),
    ...reason({ common }),
  };
}

/** The values of a string flag are what was typed: `--variant legacy=10` is the text "10" there. */
const valueOf = (value: string, type: Definition['type']) => (type === 'string' ? value : looseJson(value));

function rolloutOf(call: Call<Rollout, 'environment'>) {
  const { percent: typed, kind, variant } = call.input;
  return { percent: percent(typed), kind, ...present({ variant }), ...reason(call) };
}

function pinOf(call: Call<Omit<Pins, 'variant'>, 'environment'>, variant: string | null) {
  const { kind, keys, turnOn } = call.input;
  return { kind, keys, variant, ...present({ turnOn }), ...reason(call) };
}
