import type { Context, Json } from '@taffrail/engine';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { explainNotFound } from '../not-found.ts';
import { type Answer, answer, row, type Call } from '../row.ts';
import { offList, siteNamed, siteOptions, type SiteOptions } from '../site-here.ts';
import { jsonOption, looseJson, pairs } from '../values.ts';
import { everyFlagText, whyHereText } from '../why-onprem-words.ts';
import { everyFlagHere, whyHere } from '../why-onprem.ts';
import { siteAnswer } from '../why-site.ts';
import { whyText, type Told } from '../why-words.ts';

const environment = '/orgs/:org/projects/:project/environments/:environment';
const flag = `${environment}/flags/:flag` as const;

interface Asked extends SiteOptions {
  readonly flag?: string;
  readonly all?: true;
  readonly org?: string;
  readonly user?: string;
  readonly attr?: string[];
  readonly context?: object;
}

/** Why somebody gets what they get. */
export const whyRows = [
  row<Asked, 'machine'>({
    name: 'why [flag]',
    about: 'Evaluate a flag for somebody and say what decided',
    more: [
      'The attributes of known contexts are filled in. --attr plan=pro belongs to the user if there is one, else to the org;',
      '--attr org.plan=pro says to whom. Here --org is the customer; the organization of the flags is --organization.',
      'With --override or --off the answer is that of a program which has this file, or these flags in TAFFRAIL_OFF.',
      'With --site or --package, or their variables, it is that of a product at a customer: by its shipment, its override file and its',
      'TAFFRAIL_OFF, without any network; nothing is changed there. Exit code 1 means that the shipment knows nothing of the flag.',
    ].join('\n'),
    example: 'why new-issue-stream --org globex',
    reach: 'machine',
    mayReach: 'environment',
    options: [
      { flags: '--org <key>', about: 'for this org' },
      { flags: '--user <key>', about: 'for this user' },
      { flags: '--attr <name=value...>', about: 'an attribute' },
      {
        flags: '--context <json>',
        about: 'the whole context: {"org":{"key":"acme","plan":"pro"}}',
        parse: jsonOption('--context'),
      },
      { flags: '--override <file>', about: 'as with this override file (at a site: TAFFRAIL_OVERRIDE_FILE)' },
      { flags: '--off <flags>', about: 'as with these flags in TAFFRAIL_OFF', parse: offList },
      { flags: '--all', about: 'at a site: every flag of the shipment' },
      ...siteOptions,
    ],
    run: (call) => why(call),
  }),
];

async function why(call: Call<Asked, 'machine'>): Promise<Answer> {
  const { input, terminal, connect } = call;
  const looked = siteNamed(input, terminal.env);
  if (looked) return whyAtSite(input, { looked, options: input, env: terminal.env, nowMs: Date.now() });
  if (input.all) throw new Failure('USAGE', '--all is for a site: add --site FOLDER, --package FOLDER or both.');
  const { api, at } = await connect('environment');
  try {
    return await explainFlag({ ...call, input: { ...input, flag: flagIn(input) }, api, at });
  } catch (error) {
    throw await explainNotFound(error, api, at, input);
  }
}

function flagIn({ flag: key }: Asked): string {
  if (key !== undefined) return key;
  throw new Failure('USAGE', 'Say which flag: taffrail why FLAG.');
}

type AtSite = Omit<Parameters<typeof whyHere>[1], 'context'>;

async function whyAtSite(input: Asked, at: AtSite): Promise<Answer> {
  const asked = { ...at, context: contextOf(input) as Context };
  if (input.all) return answer(await everyFlagHere(asked), (shown) => everyFlagText(shown, at.nowMs));
  const told = await whyHere(flagIn(input), asked);
  const exitCode = told.known === 'unknown' ? 1 : 0;
  return answer(told, (shown, paint) => whyHereText(shown, at.nowMs, paint), { exitCode });
}

type Whole = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;

async function explainFlag({ api, at, input }: Call<Asked & { readonly flag: string }, 'environment'>) {
  const context = somebodyIn(contextOf(input));
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
  return base;
}

function somebodyIn<T extends object>(context: T): T {
  if (Object.keys(context).length > 0) return context;
  throw new Failure('USAGE', 'Say for whom: --org acme, --user u1, or --context with JSON.');
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
