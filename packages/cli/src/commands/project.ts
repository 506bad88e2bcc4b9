import { commitPlainly } from '../commit.ts';
import { answer, row } from '../row.ts';
import { tableOf } from '../table.ts';
import { pairs } from '../values.ts';

/** Projects and their environments. */
export const projectRows = [
  row<object, 'organization'>({
    name: 'project list',
    about: 'List projects',
    reach: 'organization',
    async run({ api, at }) {
      return answer(await api.call('GET /orgs/:org/projects', { params: at }), ({ projects }) =>
        tableOf(
          ['PROJECT', 'NAME', 'FLAGS', 'ENVIRONMENTS'],
          projects.map(({ project, environments, flags }) => [
            project.key,
            project.name,
            String(flags),
            environments.map(({ key }) => key).join(', '),
          ]),
        ),
      );
    },
  }),
  row<{ key: string; name?: string; with?: string[] }, 'organization'>({
    name: 'project create <key>',
    about: 'Create a project with the environments development, staging and production',
    reach: 'organization',
    writes: true,
    options: [
      { flags: '--name <name>', about: 'as people read it (the key)' },
      { flags: '--with <key=name...>', about: 'these environments instead; production is the one called so' },
    ],
    run: (call) =>
      commitPlainly(call, 'POST /orgs/:org/projects', {
        params: call.at,
        body: { key: call.input.key, name: call.input.name ?? call.input.key, ...environmentsOf(call.input.with) },
      }),
  }),
  row<object, 'project'>({
    name: 'environment list',
    about: "List a project's environments",
    reach: 'project',
    async run({ api, at }) {
      return answer(await api.call('GET /orgs/:org/projects/:project', { params: at }), ({ environments }) =>
        tableOf(
          ['ENVIRONMENT', 'NAME', ''],
          environments.map(({ key, name, production }) => [key, name, production ? 'production' : '']),
        ),
      );
    },
  }),
];

function environmentsOf(typed: string[] | undefined) {
  if (!typed) return {};
  const environments = Object.entries(pairs('--with', typed)).map(([key, name]) => ({
    key,
    name,
    production: key === 'production',
  }));
  return { environments };
}
