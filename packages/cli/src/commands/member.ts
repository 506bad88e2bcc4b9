import type { BodyOf, Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { answer, row, type Call } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute } from '../values.ts';

type List = ResponseOf<Contracts['GET /orgs/:org/members']>;
type Grant = BodyOf<Contracts['POST /orgs/:org/invitations']>['grants'][number];

interface Invitation {
  readonly email: string;
  readonly role: Grant['role'];
}

/** Who may do what in the organization. */
export const memberRows = [
  row<object, 'organization'>({
    name: 'member list',
    about: 'List members and open invitations, with what they may do',
    reach: 'organization',
    run: async ({ api, at }) => answer(await api.call('GET /orgs/:org/members', { params: at }), listText),
  }),
  row<Invitation, 'organization'>({
    name: 'member invite <email>',
    about: 'Invite somebody. The link to send them, shown once, is all that goes to standard output',
    more: 'With --project they may act in that project alone, with --environment too in that environment of it alone.',
    reach: 'organization',
    mayReach: 'environment',
    options: [{ flags: '--role <role>', about: 'viewer, editor, admin or owner', required: true }],
    run: invite,
  }),
  row<{ email: string }, 'organization'>({
    name: 'member remove <email>',
    about: 'Remove a member: their sessions and tokens here end. An open invitation is withdrawn',
    reach: 'organization',
    run: remove,
  }),
];

async function invite({
  api,
  at,
  input: { email, role },
  common: { project, environment },
  connect,
}: Call<Invitation, 'organization'>) {
  const within = environment === undefined ? project : (await connect('project')).at.project;
  const grant = { role, ...(within !== undefined && { project: within }), ...(environment !== undefined && { environment }) };
  const made = await api.call('POST /orgs/:org/invitations', { params: at, body: { email, grants: [grant] } });
  return answer(made, ({ link }) => link, {
    note: `${email} is invited as ${grantWords(grant)} until ${minute(made.expiresAt)}. The link is shown this once: send it to them.`,
  });
}

async function remove({ api, at, input: { email } }: Call<{ email: string }, 'organization'>) {
  const { members, invitations } = await api.call('GET /orgs/:org/members', { params: at });
  const isMeant = (one: { readonly email: string }) => one.email.toLowerCase() === email.toLowerCase();
  const [member, invited] = [members.find(isMeant), invitations.find(isMeant)];
  if (member !== undefined) {
    const params = { ...at, member: member.id };
    return answer(await api.call('DELETE /orgs/:org/members/:member', { params }), () => `${email} is no member any more.`);
  }
  if (invited === undefined)
    throw new Failure('NOTHING_FOUND', `${email} is no member of ${at.org}. See "taffrail member list".`);
  const params = { ...at, invitation: invited.id };
  const withdrawn = await api.call('DELETE /orgs/:org/invitations/:invitation', { params });
  return answer(withdrawn, () => `The invitation of ${email} is withdrawn.`);
}

function listText({ members, invitations }: List): string {
  const rows = [
    ...members.map(({ email, name, grants }) => [email, name, wordsOf(grants), '']),
    ...invitations.map(({ email, grants, expiresAt }) => [email, '', wordsOf(grants), `invited until ${minute(expiresAt)}`]),
  ];
  return tableOf(['E-MAIL', 'NAME', 'MAY', ''], rows);
}

const wordsOf = (grants: List['members'][number]['grants']) => grants.map(grantWords).join('; ');

const grantWords = ({ role, project, environment }: { role: string; project?: string; environment?: string }) =>
  [role, project, environment].filter((word) => word !== undefined).join(' in ');
