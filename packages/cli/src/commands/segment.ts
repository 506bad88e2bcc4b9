import type { Condition } from '@taffrail/engine';
import type { BodyOf, Contracts, SegmentDocument } from '@taffrail/schema';
import { Refusal } from '../api.ts';
import { commit, reasonOf } from '../commit.ts';
import { readText } from '../files.ts';
import { present } from '../present.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { conditionWords } from '../rule-words.ts';
import { table, tableOf } from '../table.ts';
import { jsonOption } from '../values.ts';

const segments = '/orgs/:org/projects/:project/environments/:environment/segments';

interface SegmentInput {
  readonly segment: string;
  readonly file?: string;
  readonly name?: string;
  readonly description?: string;
  readonly kind?: string;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly when?: Condition;
}

/** Segments of an environment. */
export const segmentRows = [
  row<object, 'environment'>({
    name: 'segment list',
    about: 'List segments and the flags that use them',
    reach: 'environment',
    async run({ api, at }) {
      return answer(await api.call(`GET ${segments}`, { params: at }), (list) => {
        if (list.segments.length === 0)
          return `No segments in ${at.environment} yet. Create one with "taffrail segment put KEY --include KEYS -e ${at.environment}".`;
        return tableOf(
          ['SEGMENT', 'NAME', 'OF', 'INCLUDED', 'EXCLUDED', 'USED BY'],
          list.segments.map(({ segment: { document }, usedBy }) => [
            document.key,
            document.name,
            document.kind,
            String(document.included.length),
            String(document.excluded.length),
            usedBy.join(', '),
          ]),
        );
      });
    },
  }),
  row<{ segment: string }, 'environment'>({
    name: 'segment show <segment>',
    about: 'Show a segment',
    reach: 'environment',
    async run({ api, at, input }) {
      const shown = await api.call(`GET ${segments}/:segment`, { params: { ...at, segment: input.segment } });
      return answer(shown, ({ segment, usedBy }, paint) => segmentText(segment.document, usedBy, paint));
    },
  }),
  row<SegmentInput, 'environment'>({
    name: 'segment put <segment>',
    about: 'Create or replace a segment; fields that are not named stay as they are',
    reach: 'environment',
    writes: true,
    options: [
      { flags: '--file <file>', about: 'the fields as JSON, as "segment show --json" gives them; - is standard input' },
      { flags: '--name <name>', about: 'as people read it' },
      { flags: '--description <text>', about: 'whom it holds' },
      { flags: '--kind <kind>', about: 'the kind of context that the lists name (org)' },
      { flags: '--include <keys...>', about: 'the keys that are always in' },
      { flags: '--exclude <keys...>', about: 'the keys that are never in' },
      { flags: '--when <condition>', about: 'asked about everybody else, as JSON', parse: jsonOption('--when') },
    ],
    run: putSegment,
  }),
];

type Fields = BodyOf<Contracts['PUT /orgs/:org/projects/:project/environments/:environment/segments/:segment']>;

async function putSegment(call: Call<SegmentInput, 'environment'>) {
  const { at, input, common } = call;
  const current = await currentSegment(call);
  const base = (await fileFields(call)) ?? current.fields;
  const body = { ...base, ...namedFields(input), ...reasonOf(common) };
  const params = { ...at, segment: input.segment };
  const manner = current.usedBy.length === 0 ? ({ narrows: true } as const) : {};
  return commit(call, `PUT ${segments}/:segment`, { params, body, ...present({ ifMatch: current.revision }) }, manner);
}

const emptyFields = (key: string): Fields => ({ name: key, description: '', kind: 'org', included: [], excluded: [] });

function namedFields({ name, description, kind, include, exclude, when }: SegmentInput): Partial<Fields> {
  return present({ name, description, kind, included: include, excluded: exclude, when });
}

async function fileFields({
  input: { file, segment },
  terminal,
}: Call<SegmentInput, 'environment'>): Promise<Fields | undefined> {
  if (file === undefined) return undefined;
  const text = await readText(file, terminal);
  const shown = jsonOption('--file')(text) as { segment?: { document?: SegmentDocument } } & SegmentDocument;
  const { key: _, ...fields } = shown.segment?.document ?? shown;
  return { ...emptyFields(segment), ...fields };
}

/** A segment as it is, which a change builds on. What nobody uses yet affects nobody. */
interface Current {
  readonly fields: Fields;
  readonly usedBy: readonly string[];
  readonly revision: number | undefined;
}

async function currentSegment({ api, at, input }: Call<SegmentInput, 'environment'>): Promise<Current> {
  try {
    const { segment, usedBy } = await api.call(`GET ${segments}/:segment`, { params: { ...at, segment: input.segment } });
    const { key: _, ...fields } = segment.document;
    return { fields, usedBy, revision: segment.revision };
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'NOT_FOUND')) throw error;
    return { fields: emptyFields(input.segment), usedBy: [], revision: undefined };
  }
}

function segmentText(
  { key, name, description, kind, included, excluded, when }: SegmentDocument,
  usedBy: string[],
  paint: Paint,
) {
  const facts = [
    ['about', description],
    ['included', `${kind} ${included.join(', ')}`, included.length],
    ['excluded', `${kind} ${excluded.join(', ')}`, excluded.length],
    ['when', when ? conditionWords(when) : ''],
    ['used by', usedBy.join(', ')],
  ].filter(([, fact, count]) => fact !== '' && count !== 0);
  return [`${paint.bold(key)}  ${name}`, table(facts.map(([label, fact]) => [`  ${label}`, String(fact)]))].join('\n').trimEnd();
}
