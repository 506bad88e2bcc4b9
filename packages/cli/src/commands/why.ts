import type { Json } from '@taffrail/engine';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { answer, row, type Call } from '../row.ts';
import { jsonOption, looseJson, pairs } from '../values.ts';
import { siteAnswer } from '../why-site.ts';
import { whyText, type Told } from '../why-words.ts';

const environment = '/orgs/:org/projects/:project/environments/:environment';
const flag = `${environment}/flags/:flag` as const;

interface Asked {
  readonly flag: string;
  readonly org?: string;
  readonly user?: string;
  readonly attr?: string[];
  readonly context?: object;
  readonly override?: string;
  readonly off?: readonly string[];
}

/** Why somebody gets what they get. */
export const whyRows = [
  row<Asked, 'environment'>({
    name: 'why <flag>',
    about: 'Evaluate a flag for somebody and say what decided',
    more: [
      'The attributes of known contexts are filled in. --attr plan=pro belongs to the user if there is one, else to the org;',
      '--attr org.plan=pro says to whom. Here --org is the customer; the organization of the flags is --organization.',
      'With --override or --off the answer is that of a program which has this file, or these flags in TAFFRAIL_OFF.',
    ].join('\n'),
    reach: 'environment',
    options: [
      { flags: '--org <key>', about: 'for this org' },
      { flags: '--user <key>', about: 'for this user' },
      { flags: '--attr <name=value...>', about: 'an attribute' },
      {
        flags: '--context <json>',
        about: 'the whole context: {"org":{"key":"acme","plan":"pro"}}',
        parse: jsonOption('--context'),
      },
      { flags: '--override <file>', about: 'as with this override file' },
      {
        flags: '--off <flags>',
        about: 'as with these flags in TAFFRAIL_OFF',
        parse: (text) => text.split(/[\s,]+/).filter(Boolean),
      },
    ],
    run: explainFlag,
  }),
];

type Whole = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;

async function explainFlag({ api, at, input }: Call<Asked, 'environment'>) {
  const context = contextOf(input);
  const [explained, whole] = await Promise.all([
    api.call(`POST ${flag}/why`, { params: { ...at, flag: input.flag }, body: { context } }),
    api.call('GET /orgs/:org/projects/:project/flags/:flag', { params: { ...at, flag: input.flag } }),
  ]);
  const here = told(input.flag, at.environment, explained, whole);
  const { override, off = [] } = input;
  if (override === undefined && off.length === 0) return answer(here, whyText);
  const response = await api.send(`GET ${environment}/export`, { params: at, query: { audience: 'server' } });
  const asked = { flag: input.flag, context: here.context, override, off, nowMs: Date.now() };
  return answer({ ...here, ...(await siteAnswer({ ...asked, snapshot: await response.text() })) }, whyText);
}

function told(key: string, environment: string, explained: ResponseOf<Contracts[`POST ${typeof flag}/why`]>, whole: Whole): Told {
  const { owner, expiresOn } = whole.definition.document;
  const kill = whole.kills?.[environment];
  return {
    flag: key,
    environment,
    ...(explained as Pick<Told, 'resolution' | 'trail' | 'context' | 'revision'>),
    owner,
    ...(expiresOn === undefined ? {} : { expiresOn }),
    locked: whole.environments[environment]?.document.locked ?? false,
    ...(kill === undefined ? {} : { kill }),
    ...(whole.lastChange === undefined ? {} : { lastChange: whole.lastChange }),
  };
}

/** The context that was asked about: `--context`, with `--org` and `--user` on top, and attributes on top of these. */
function contextOf({ org, user, attr, context = {} }: Asked): Record<string, Json> {
  const base = { ...context, ...(org === undefined ? {} : { org }), ...(user === undefined ? {} : { user }) } as Record<
    string,
    Json
  >;
  const owner = 'user' in base ? 'user' : 'org';
  for (const [name, value] of Object.entries(pairs('--attr', attr))) setAttribute(base, name, looseJson(value) as Json, owner);
  if (Object.keys(base).length === 0) throw new Failure('USAGE', 'Say for whom: --org acme, --user u1, or --context with JSON.');
  return base;
}

function setAttribute(context: Record<string, Json>, name: string, value: Json, owner: string): void {
  const dot = name.indexOf('.');
  const kind = dot > 0 && name.slice(0, dot) in context ? name.slice(0, dot) : owner;
  const attribute = kind === owner && !name.startsWith(`${owner}.`) ? name : name.slice(dot + 1);
  const entity = context[kind];
  if (entity === undefined) throw new Failure('USAGE', `--attr ${name} needs a context: add --org or --user.`);
  context[kind] = { ...(isRecord(entity) ? entity : { key: entity }), [attribute]: value };
}

const isRecord = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
