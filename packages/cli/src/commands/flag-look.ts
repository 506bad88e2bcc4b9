import type { Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { killWords } from '../kill-words.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { flagSentences } from '../rule-words.ts';
import { table, tableOf } from '../table.ts';
import { minute } from '../values.ts';

type FlagList = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags']>;
type ShownFlag = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;

/** Looking at flags. */
export const flagLookRows = [
  row<{ search?: string; archived?: true }, 'project'>({
    name: 'flag list',
    about: 'List flags, with what each environment serves',
    more: 'With --search, exit code 1 means that no flag matches.',
    reach: 'project',
    options: [
      { flags: '--search <text>', about: 'only flags whose key, owner or description has this' },
      { flags: '--archived', about: 'archived flags instead' },
    ],
    run: listFlags,
  }),
  row<{ flag: string }, 'project'>({
    name: 'flag show <flag>',
    about: 'Show a flag: what it is, and its rules in every environment',
    reach: 'project',
    async run({ api, at, input, common }) {
      const shown = await api.call('GET /orgs/:org/projects/:project/flags/:flag', { params: { ...at, flag: input.flag } });
      assertHas(shown.environments, common.environment, at.project);
      return answer(onlyEnvironment(shown, common.environment), flagText);
    },
  }),
];

async function listFlags({
  api,
  at,
  input: { search, archived },
  common,
}: Call<{ search?: string; archived?: true }, 'project'>) {
  const query = archived ? { archived: 'only' as const } : {};
  const { flags, revision } = await api.call('GET /orgs/:org/projects/:project/flags', { params: at, query });
  const found = flags.filter((flag) => search === undefined || mentions(flag, search.toLowerCase()));
  for (const { environments } of flags) assertHas(environments, common.environment, at.project);
  if (search !== undefined && found.length === 0) throw new Failure('NOTHING_FOUND', `No flag of ${at.project} has "${search}".`);
  return answer({ flags: found, revision }, (list, paint) => listText(list, common.environment, paint));
}

function mentions({ definition: { key, owner, description } }: FlagList['flags'][number], text: string): boolean {
  return [key, owner, description].some((field) => field.toLowerCase().includes(text));
}

function listText({ flags }: FlagList, environment: string | undefined, paint: Paint): string {
  if (flags.length === 0) return 'No flags yet. Create one with "taffrail flag create KEY".';
  const all = [...new Set(flags.flatMap((flag) => Object.keys(flag.environments)))];
  const environments = environment === undefined ? all : all.filter((key) => key === environment);
  const rows = flags.map(({ definition, environments: cells, lastChange }) => [
    paint.bold(definition.key),
    ...environments.map((key) => cellText(cells[key], paint)),
    definition.owner,
    lastChange ? `${minute(lastChange.at)} ${lastChange.by.name}` : '',
  ]);
  return tableOf(['FLAG', ...environments.map((key) => key.toUpperCase()), 'OWNER', 'LAST CHANGE'], rows);
}

function cellText(cell: FlagList['flags'][number]['environments'][string] | undefined, paint: Paint): string {
  if (!cell) return '';
  if (cell.locked) return paint.red('killed');
  return cell.on ? paint.green(cell.summary) : cell.summary;
}

/** A name that nothing has would narrow an answer to nothing. */
function assertHas(environments: object, wanted: string | undefined, project: string): void {
  if (wanted === undefined || wanted in environments) return;
  const known = Object.keys(environments);
  const hint = `There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}.`;
  throw new Failure('PLACE_UNKNOWN', `There is no environment "${wanted}" in ${project}. ${hint}`);
}

/** An environment that was asked for by name narrows the answer to it. */
function onlyEnvironment(shown: ShownFlag, environment: string | undefined): ShownFlag {
  const wanted = environment === undefined ? undefined : shown.environments[environment];
  return wanted && environment !== undefined ? { ...shown, environments: { [environment]: wanted } } : shown;
}

function flagText(
  { definition: { document }, environments, lastChange, dependents, feature, kills }: ShownFlag,
  paint: Paint,
): string {
  const facts = [
    ['type', `${document.type}, ${document.kind}${document.archivedAt ? ', archived' : ''}`],
    ['owner', document.owner],
    ['about', document.description],
    ['expires', document.expiresOn ?? ''],
    ['last change', lastChange ? `${lastChange.summary} (${lastChange.by.name}, ${minute(lastChange.at)})` : ''],
    ['feature', feature ?? ''],
    ['needed by', dependents.join(', ')],
  ].filter(([, fact]) => fact !== '');
  const places = Object.entries(environments).map(([key, { document: flag }]) => {
    const kill = kills?.[key];
    const sentences = [...flagSentences(flag), ...(kill === undefined ? [] : [killWords(kill)])];
    return [paint.bold(key), ...sentences.map((sentence) => `  ${sentence}`)].join('\n');
  });
  return [paint.bold(document.key), table(facts.map(([name = '', fact = '']) => [`  ${name}`, fact])), ...places].join('\n');
}
