import type { Contracts, ResponseOf, Stage } from '@taffrail/schema';
import { answer, row, type Call, type Paint } from '../row.ts';
import { plural } from '../affected.ts';
import { table, tableOf } from '../table.ts';
import { minute } from '../values.ts';

const features = '/orgs/:org/projects/:project/features';
const here = '/orgs/:org/projects/:project/environments/:environment/features/:feature';

type List = ResponseOf<Contracts[`GET ${typeof features}`]>;
type Shown = ResponseOf<Contracts[`GET ${typeof features}/:feature`]>;
type Standing = Shown['environments'][string];
type Who = ResponseOf<Contracts[`GET ${typeof here}/who`]>;

/** In order. The types keep it whole: the schema's own list would bring its validators into every command. */
const line: Readonly<Record<Stage, string>> = {
  dark: 'dark',
  internal: 'internal',
  'early-access': 'early-access',
  percent: 'percent',
  ga: 'ga',
  cleanup: 'cleanup',
  removed: 'removed',
};

/** Looking at features. */
export const featureLookRows = [
  row<{ archived?: true }, 'project'>({
    name: 'feature list',
    about: 'List features, each with its stage in every environment',
    reach: 'project',
    options: [{ flags: '--archived', about: 'archived features instead' }],
    async run({ api, at, input: { archived } }) {
      const query = archived ? { archived: 'only' as const } : {};
      return answer(await api.call(`GET ${features}`, { params: at, query }), listText);
    },
  }),
  row<{ feature: string }, 'project'>({
    name: 'feature show <feature>',
    about: 'Show a feature: its flags, its stages, and the gates ahead; with --environment in that one only',
    reach: 'project',
    run: showFeature,
  }),
  row<{ feature: string }, 'environment'>({
    name: 'feature who <feature>',
    about: 'Say who has a feature, of the known contexts',
    reach: 'environment',
    async run({ api, at, input }) {
      return answer(await api.call(`GET ${here}/who`, { params: { ...at, feature: input.feature } }), whoText);
    },
  }),
];

async function showFeature({ api, at, input, common: { environment } }: Call<{ feature: string }, 'project'>) {
  const shown = await api.call(`GET ${features}/:feature`, { params: { ...at, feature: input.feature } });
  const wanted = environment === undefined ? undefined : shown.environments[environment];
  const only = wanted && environment !== undefined ? { ...shown, environments: { [environment]: wanted } } : shown;
  return answer(only, featureText);
}

function listText({ features: found }: List, paint: Paint): string {
  if (found.length === 0) return 'No features yet. Create one with "taffrail feature create KEY --flags a,b".';
  const environments = [...new Set(found.flatMap((one) => Object.keys(one.environments)))];
  const rows = found.map(({ feature, environments: cells, lastChange }) => [
    paint.bold(feature.key),
    ...environments.map((key) => cellText(cells[key])),
    String(feature.flags.length),
    feature.owner,
    lastChange ? `${minute(lastChange.at)} ${lastChange.by.name}` : '',
  ]);
  return tableOf(['FEATURE', ...environments.map((key) => key.toUpperCase()), 'FLAGS', 'OWNER', 'LAST CHANGE'], rows);
}

function cellText(cell: List['features'][number]['environments'][string] | undefined): string {
  if (cell === undefined) return '';
  return `${cell.stage === 'percent' ? `${cell.percent ?? 0} %` : cell.stage}${cell.differs ? ', edited by hand' : ''}`;
}

function featureText({ feature: { document }, environments, flags, lastChange }: Shown, paint: Paint): string {
  const facts = [
    ['name', document.name === document.key ? '' : document.name],
    ['about', document.description],
    ['owner', document.owner || 'nobody'],
    ['expires', document.expiresOn ?? 'never'],
    ['last change', lastChange ? `${lastChange.summary} (${lastChange.by.name}, ${minute(lastChange.at)})` : ''],
  ].filter(([, fact]) => fact !== '');
  const members = flags.map(({ definition, environments: cells }) => [
    `  ${definition.key}`,
    ...Object.entries(cells).map(([key, { summary }]) => `${key}: ${summary}`),
  ]);
  const places = Object.entries(environments).map(([key, standing]) => placeText(key, standing, paint));
  return [
    `${paint.bold(document.key)}${document.archivedAt === undefined ? '' : ' (archived)'}`,
    table(facts.map(([name = '', fact = '']) => [`  ${name}`, fact])),
    ...places,
    paint.bold('flags'),
    table(members),
  ].join('\n');
}

function placeText(environment: string, standing: Standing, paint: Paint): string {
  const gates = standing.gates.map(({ stage, name, open, sentence }) => [`  ${open ? 'open' : 'closed'}`, stage, name, sentence]);
  return [
    `${paint.bold(environment)}  ${lineText(standing, paint)}`,
    ...(standing.since === undefined ? [] : [`  since ${minute(standing.since)}`]),
    ...standing.differs.map(({ flag, sentence }) => `  ${flag} differs from its stage: ${sentence}`),
    ...(gates.length === 0 ? [] : [table(gates)]),
  ].join('\n');
}

/** The stages as a line, with brackets around the one it is at. */
function lineText({ stage, percent, kind, from }: Standing, paint: Paint): string {
  const words = Object.entries(line).map(([one, word]) => {
    if (one !== stage) return paint.dim(word);
    return paint.green(one === 'percent' ? `[${percent ?? 0} % of ${kind ?? 'org'}]` : `[${word}]`);
  });
  const out = stage === 'backed-out' ? `  ${paint.red('[backed out]')} from ${from ?? 'dark'}` : '';
  return `${words.join(' → ')}${out}`;
}

function whoText({ kinds }: Who): string {
  if (kinds.length === 0) return 'Nobody is known there. Import contexts to see who has it: taffrail context import FILE.';
  return kinds
    .map(({ kind, known, has, keys, some }) => {
      const names = keys.length === 0 ? '' : `: ${keys.join(', ')}${has > keys.length ? ` and ${has - keys.length} more` : ''}`;
      const half = some === 0 ? '' : `; ${some} have some of its flags`;
      return `${has} of ${known} known ${plural(kind)}${names}${half}`;
    })
    .join('\n');
}
