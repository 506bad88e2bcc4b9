import { gatedActions, type GatedAction, type Policies, type Policy } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { answer, row, type Call } from '../row.ts';
import { tableOf } from '../table.ts';
import { pairs } from '../values.ts';

interface Gate {
  readonly in: string;
  readonly policies: readonly string[];
}

const names = Object.keys(gatedActions) as GatedAction[];

/** What wants a second person. */
export const policyRows = [
  row<Gate, 'project'>({
    name: 'environment policy <in> [policies...]',
    about: 'Say what wants a second person in an environment: publish=second-person; without any, list them',
    more: names.map((name) => `  ${name.padEnd(10)}${gatedActions[name].about}`).join('\n'),
    reach: 'project',
    writes: true,
    run: (call) => (call.input.policies.length === 0 ? list(call) : change(call)),
  }),
];

async function list({ api, at, input }: Call<Gate, 'project'>) {
  const { environments } = await api.call('GET /orgs/:org/projects/:project', { params: at });
  const found = environments.find(({ key }) => key === input.in);
  if (!found) throw new Failure('NOTHING_FOUND', `There is no environment "${input.in}" in ${at.project}.`);
  const { policies = {} } = found;
  return answer({ environment: found.key, policies }, () =>
    tableOf(
      ['ACT', 'WANTS', 'WHAT IT IS'],
      names.map((name) => [name, policies[name] === 'second-person' ? 'a second person' : 'nobody', gatedActions[name].about]),
    ),
  );
}

function change(call: Call<Gate, 'project'>) {
  const params = { ...call.at, environment: call.input.in };
  const body = { policies: policiesFrom(call.input.policies), ...reasonOf(call.common) };
  return commit(call, 'PATCH /orgs/:org/projects/:project/environments/:environment', { params, body });
}

function policiesFrom(typed: readonly string[]): Policies {
  const entries = Object.entries(pairs('environment policy', typed)).map(([name, policy]) => [actOf(name), policyOf(policy)]);
  return Object.fromEntries(entries) as Policies;
}

function actOf(text: string): GatedAction {
  return (
    names.find((name) => name === text) ??
    refuse(`"${text}" is no act that may want a second person. They are ${names.join(', ')}.`)
  );
}

function policyOf(text: string): Policy {
  if (text === 'none' || text === 'second-person') return text;
  return refuse(`"${text}" is no policy. It is none or second-person.`);
}

function refuse(sentence: string): never {
  throw new Failure('USAGE', sentence);
}
