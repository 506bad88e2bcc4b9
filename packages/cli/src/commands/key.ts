import { commit } from '../commit.ts';
import { Failure } from '../failure.ts';
import { answer, row } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute } from '../values.ts';

const keys = '/orgs/:org/projects/:project/environments/:environment/keys';

interface NewKey {
  readonly kind: 'server' | 'client';
  readonly name: string;
  readonly origin?: string[];
  readonly expires?: string;
}

/** SDK keys of an environment. */
export const keyRows = [
  row<object, 'environment'>({
    name: 'key list',
    about: 'List SDK keys, without their secrets',
    reach: 'environment',
    async run({ api, at }) {
      return answer(await api.call(`GET ${keys}`, { params: at }), (list) =>
        tableOf(
          ['ID', 'KIND', 'NAME', 'CREATED', 'LAST USED', ''],
          list.keys.map(({ id, kind, name, createdAt, createdBy, lastUsedAt, revokedAt }) => [
            id,
            kind,
            name,
            `${minute(createdAt)} ${createdBy}`,
            lastUsedAt ? minute(lastUsedAt) : 'never',
            revokedAt ? `revoked ${minute(revokedAt)}` : '',
          ]),
        ),
      );
    },
  }),
  row<NewKey, 'environment'>({
    name: 'key create',
    about: 'Create an SDK key. Its secret, shown once, is all that goes to standard output',
    reach: 'environment',
    options: [
      { flags: '--kind <kind>', about: 'server (sees all rules) or client (public)', parse: keyKind, required: true },
      { flags: '--name <name>', about: 'who uses it', required: true },
      { flags: '--origin <origins...>', about: 'the only origins of browsers that may use a client key' },
      { flags: '--expires <instant>', about: 'when it stops working: 2027-01-31T00:00:00Z' },
    ],
    async run({ api, at, input: { kind, name, origin, expires } }) {
      const body = { kind, name, ...(origin ? { origins: origin } : {}), ...(expires ? { expiresAt: expires } : {}) };
      const created = await api.call(`POST ${keys}`, { params: at, body });
      return answer(created, ({ secret }) => secret, {
        note: `Key ${created.id} (${kind}) of ${at.project}, ${at.environment}. It is shown this once: keep it.`,
      });
    },
  }),
  row<{ id: string }, 'environment'>({
    name: 'key revoke <id>',
    about: 'Revoke an SDK key; its streams end within seconds',
    reach: 'environment',
    writes: true,
    run: (call) => commit(call, `DELETE ${keys}/:key`, { params: { ...call.at, key: call.input.id } }, { narrows: true }),
  }),
];

function keyKind(text: string): string {
  if (text === 'server' || text === 'client') return text;
  throw new Failure('USAGE', `"${text}" is no kind of key. It is server or client.`);
}
