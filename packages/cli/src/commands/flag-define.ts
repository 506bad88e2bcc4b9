import type { BodyOf, Contracts } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { present } from '../present.ts';
import { row, type Call } from '../row.ts';
import { day, looseJson, pairs } from '../values.ts';

type NewFlag = BodyOf<Contracts['POST /orgs/:org/projects/:project/flags']>;

interface Definition {
  readonly flag: string;
  readonly type?: Exclude<NewFlag['type'], undefined>;
  readonly kind?: Exclude<NewFlag['kind'], undefined>;
  readonly owner?: string;
  readonly description?: string;
  readonly expires?: string;
  readonly variant?: string[];
  readonly off?: string;
  readonly client?: true;
}

const flags = '/orgs/:org/projects/:project/flags';
/** What is off everywhere affects nobody: there is nothing to ask about. */
const unaffecting = { narrows: true } as const;

/** Making flags and putting them away, in all environments. */
export const flagDefineRows = [
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
      { flags: '--expires <day>', about: '2027-01-31, 60d, 8w or never (90 days for what is temporary)' },
      { flags: '--variant <name=value...>', about: 'a variant and its value, JSON or plain text' },
      { flags: '--off <variant>', about: 'what it serves while off' },
      { flags: '--client', about: 'browsers evaluate it too: what they need of it is public' },
    ],
    run: (call) => commit(call, `POST ${flags}`, { params: call.at, body: definitionOf(call) }, unaffecting),
  }),
  row<{ flag: string; accept?: true }, 'project'>({
    name: 'flag archive <flag>',
    about: 'Archive a flag: SDKs then know nothing of it',
    reach: 'project',
    writes: true,
    options: [{ flags: '--accept', about: 'take the risk that supported releases still read it' }],
    run: (call) => {
      const { params, body } = whole(call);
      return commit(call, `POST ${flags}/:flag/archive`, {
        params,
        body: { ...body, ...present({ accept: call.input.accept }) },
      });
    },
  }),
  row<{ flag: string }, 'project'>({
    name: 'flag restore <flag>',
    about: 'Restore an archived flag; it is off everywhere',
    reach: 'project',
    writes: true,
    run: (call) => commit(call, `POST ${flags}/:flag/restore`, whole(call), unaffecting),
  }),
];

const whole = ({ at, input: { flag }, common }: Call<{ flag: string }, 'project'>) => ({
  params: { ...at, flag },
  body: reasonOf(common),
});

function definitionOf({ input, common }: Call<Definition, 'project'>): NewFlag {
  const { flag, expires, variant, type, kind, owner, description, off, client } = input;
  const variants = Object.entries(pairs('--variant', variant)).map(([name, value]) => [name, valueOf(value, type)]);
  return {
    key: flag,
    ...present({ type, kind, owner, description, off, client }),
    ...(expires === undefined ? {} : { expiresOn: day(expires, new Date()) }),
    ...(variants.length === 0 ? {} : { variants: Object.fromEntries(variants) }),
    ...reasonOf(common),
  };
}

/** The values of a string flag are what was typed: `--variant legacy=10` is the text "10" there. */
const valueOf = (value: string, type: Definition['type']) => (type === 'string' ? value : looseJson(value));
