import type { BodyOf, Contracts } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { row, type Call, type OptionRow } from '../row.ts';
import { day, pairs, wholeNumber } from '../values.ts';

const features = '/orgs/:org/projects/:project/features';

interface Fields {
  readonly feature: string;
  readonly flags?: readonly string[];
  readonly name?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly internal?: string;
  readonly earlyAccess?: string;
  readonly hours?: number;
  readonly variant?: string[];
}

interface NewFeature extends Fields {
  readonly createFlags?: true;
}

const fieldOptions: readonly OptionRow[] = [
  { flags: '--flags <keys>', about: 'its flags, separated by commas', parse: keysOf },
  { flags: '--name <name>', about: 'as people read it' },
  { flags: '--owner <owner>', about: 'who answers for it; early access waits for that (you)' },
  { flags: '--expires <day>', about: '2027-01-31, 60d, 8w or never; early access waits for a day (90 days)' },
  { flags: '--description <text>', about: 'what it is' },
  { flags: '--internal <segment>', about: 'who is let in first (internal)' },
  { flags: '--early-access <segment>', about: 'who is let in then (early-access)' },
  { flags: '--hours <hours>', about: 'at 100 % in production before it may be ga (24)', parse: wholeNumber },
  { flags: '--variant <flag=variant...>', about: 'what having the feature means for a flag that is not boolean' },
];
/** No flag changes what it serves by these: there is nothing to ask about. */
const unaffecting = { narrows: true } as const;

/** Making features and putting them away. */
export const featureDefineRows = [
  row<NewFeature, 'project'>({
    name: 'feature create <feature>',
    about: 'Group flags into a feature, dark in every environment',
    more: 'With --create-flags, flags that are not there are created: boolean, off everywhere, with its owner and last day.',
    reach: 'project',
    writes: true,
    options: [...fieldOptions, { flags: '--create-flags', about: 'create the flags that are not there' }],
    async run(call) {
      const { flags, createFlags } = call.input;
      if (flags === undefined) throw new Failure('USAGE', 'Say which flags it has: --flags new-list,new-list-api.');
      const body = { key: call.input.feature, ...fieldsOf(call), flags: [...flags], ...present({ createFlags }) };
      return commit(call, `POST ${features}`, { params: call.at, body }, unaffecting);
    },
  }),
  row<Fields, 'project'>({
    name: 'feature edit <feature>',
    about: 'Change what a feature is; what is not named stays, and its flags serve what they served',
    reach: 'project',
    writes: true,
    options: fieldOptions,
    run: (call) => commit(call, `PATCH ${features}/:feature`, { params: paramsOf(call), body: fieldsOf(call) }, unaffecting),
  }),
  row<{ feature: string }, 'project'>({
    name: 'feature archive <feature>',
    about: 'Archive a feature; its flags stay as they are and may join another',
    reach: 'project',
    writes: true,
    run: (call) =>
      commit(call, `POST ${features}/:feature/archive`, { params: paramsOf(call), body: reasonOf(call.common) }, unaffecting),
  }),
];

const paramsOf = ({ at, input: { feature } }: Call<{ feature: string }, 'project'>) => ({ ...at, feature });

type Body = BodyOf<Contracts['PATCH /orgs/:org/projects/:project/features/:feature']>;

function fieldsOf({ input, common }: Call<Fields, 'project'>): Body {
  const { flags, name, description, owner, expires, internal, earlyAccess, hours, variant } = input;
  const audiences = present({ internal, 'early-access': earlyAccess });
  return {
    ...present({ name, description, owner, hoursAtFull: hours }),
    ...(flags === undefined ? {} : { flags: [...flags] }),
    ...(expires === undefined ? {} : { expiresOn: day(expires, new Date()) }),
    ...(Object.keys(audiences).length === 0 ? {} : { audiences }),
    ...(variant === undefined ? {} : { variants: pairs('--variant', variant) }),
    ...reasonOf(common),
  };
}

function keysOf(text: string): string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}
