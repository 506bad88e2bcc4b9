import type { Grant } from '@taffrail/schema';
import { firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, type Trust } from '@taffrail/shipment/signed';
import { joinAs, signUpOwner, tokenOf, type SignedIn } from '../../apps/server/src/testing/people.ts';
import { startServer, type RunningServer } from '../../apps/server/src/testing/running-server.ts';

/** The values of path parameters. `key` is an SDK key's id, an install key's or a context's key, by the path that it stands in. */
export type Ids = Readonly<Record<string, string>>;

/** Somebody who calls, or something. */
export interface Subject {
  readonly name: string;
  readonly token?: string;
  readonly cookie?: string;
}

/** A server with two organizations, of which one has two projects, and everybody who should not see something of the other. */
export interface World {
  readonly server: RunningServer;
  /** What belongs to Alpha's first project. */
  readonly alpha: Ids;
  /** What belongs to Beta. */
  readonly beta: Ids;
  /** Beta's owner, by everything that proves it. */
  readonly betaOwners: readonly Subject[];
  /** An editor of Alpha's other project. */
  readonly otherProject: Subject;
  readonly viewer: Subject;
  /** An editor of one environment of Alpha's first project, and of nothing else. */
  readonly oneEnvironment: Subject;
  /** Nobody, and what proves nothing here. */
  readonly strangers: readonly Subject[];
  readonly alphaOwner: SignedIn;
  readonly betaOwner: SignedIn;
}

/** Ids of the right shape that nothing has. */
export const ghosts: Ids = {
  org: 'zz-absent-org',
  project: 'zz-absent-project',
  environment: 'zz-absent-environment',
  flag: 'zz-absent-flag',
  segment: 'zz-absent-segment',
  feature: 'zz-absent-feature',
  source: 'zz-absent-source',
  release: '0.0.0-absent',
  line: 'zz-absent-line',
  backOut: 'BO-4242',
  install: 'zz-absent-install',
  kind: 'zzabsentkind',
  key: 'zzzzzzz0',
  member: 'zzabsent-0000-4000-8000-000000000000',
  invitation: 'zzabsent-0000-4000-8000-000000000000',
  token: 'zzzzzzz0',
  request: '4242',
  revision: '4242',
  seq: '4242',
};

export async function createWorld(): Promise<World> {
  const server = await startServer();
  const first = await signUpOwner(server, 'ana@example.org');
  const bob = await joinAs(server, 'default', first.token, 'bob@example.org', [{ role: 'viewer' }]);
  const alphaOwner = await ownerOf(server, 'alpha', first);
  const betaOwner = await ownerOf(server, 'beta', bob);
  await must(server, first, 'DELETE', `/orgs/default/members/${bob.id}`);
  const alpha = await furnish(server, 'alpha', 'kumquat', alphaOwner);
  await project(server, 'alpha', 'blog', alphaOwner);
  const beta = await furnish(server, 'beta', 'walrus', betaOwner);
  const editor = await joinAs(server, 'alpha', alphaOwner.token, 'blogger@example.org', [{ role: 'editor', project: 'blog' }]);
  const viewer = await joinAs(server, 'alpha', alphaOwner.token, 'viewer@example.org', [{ role: 'viewer' }]);
  const inOne = [{ role: 'editor', project: 'kumquat-p', environment: 'kumquat-e' }] as const;
  const confined = await joinAs(server, 'alpha', alphaOwner.token, 'confined@example.org', [...inOne]);
  const robot = await serviceToken(server, 'beta', betaOwner, [{ role: 'owner' }]);
  return {
    server,
    alpha,
    beta,
    alphaOwner,
    betaOwner,
    betaOwners: [
      { name: 'the owner of the other organization, signed in', cookie: betaOwner.cookie },
      { name: 'the owner of the other organization, by token', token: betaOwner.token },
      { name: 'a service token of the other organization', token: robot.secret },
    ],
    otherProject: { name: 'an editor of the other project', token: editor.token },
    oneEnvironment: { name: 'an editor of one environment', token: confined.token },
    viewer: { name: 'a viewer', token: viewer.token },
    strangers: [
      { name: 'nobody' },
      { name: 'a revoked token', token: await revokedToken(server, alphaOwner) },
      { name: 'an SDK key', token: await sdkSecret(server, alphaOwner) },
      { name: 'an install key', token: await installSecret(server, alphaOwner) },
    ],
  };
}

async function ownerOf(server: RunningServer, key: string, person: SignedIn): Promise<SignedIn> {
  await must(server, person, 'POST', '/orgs', { key, name: key });
  return { ...person, token: await tokenOf(server, person, key) };
}

async function project(server: RunningServer, org: string, key: string, owner: SignedIn): Promise<string> {
  await must(server, owner, 'POST', `/orgs/${org}/projects`, { key, name: key });
  return `/orgs/${org}/projects/${key}`;
}

/** One of everything, so that each id leads somewhere. Names of two organizations are unlike, or one would be suggested for the other. */
async function furnish(server: RunningServer, org: string, mark: string, owner: SignedIn): Promise<Ids> {
  const [key, environment, flag, segmentKey, context] = ['p', 'e', 'f', 's', 'c'].map((letter) => `${mark}-${letter}`) as Named;
  const path = await project(server, org, key, owner);
  const here = `${path}/environments/${environment}`;
  await must(server, owner, 'POST', `${path}/environments`, { key: environment, name: environment });
  await must(server, owner, 'POST', `${path}/flags`, { key: flag });
  await must(server, owner, 'POST', `${here}/flags/${flag}/turn`, { on: true });
  await must(server, owner, 'PUT', `${here}/segments/${segmentKey}`, segment);
  await must(server, owner, 'POST', `${path}/features`, { key: `${mark}-x`, flags: [flag] });
  await must(server, owner, 'PUT', `${path}/reads`, { source: `${mark}-r`, flags: [] });
  await must(server, owner, 'PUT', `${here}/contexts/org`, { contexts: [{ key: context, attributes: {} }] });
  await hide(server, path, flag, owner);
  const release = await releaseFrom(server, path, { environment, flag, version: `1.0.0-${mark}` }, owner);
  await backOutOf(server, path, flag, owner);
  await publishKeys(server, path, { product: key, line: `${mark}-l` }, owner);
  const sdkKey = await must(server, owner, 'POST', `${here}/keys`, { kind: 'server', name: 'key' });
  await must(server, owner, 'POST', `${path}/installs`, {
    key: `${mark}-i`,
    name: 'Install of hidden customers',
    line: `${mark}-l`,
  });
  const installKey = await must(server, owner, 'POST', `${path}/installs/${mark}-i/keys`, { name: 'key' });
  const guest = { email: `guest@${org}.example`, grants: [{ role: 'viewer' }] };
  const invited = await must(server, owner, 'POST', `/orgs/${org}/invitations`, guest);
  const member = await joinAs(server, org, owner.token, `member@${org}.example`, [{ role: 'viewer' }]);
  const token = await serviceToken(server, org, owner, [{ role: 'viewer' }]);
  const { request = '' } = await must(server, owner, 'POST', `${here}/flags/${flag}/turn?request=1`, { on: false });
  const ids = {
    org,
    project: key,
    environment,
    flag,
    segment: segmentKey,
    feature: `${mark}-x`,
    source: `${mark}-r`,
    release,
    line: `${mark}-l`,
    backOut: 'BO-1',
    install: `${mark}-i`,
    kind: 'org',
    revision: '3',
    seq: '3',
    context,
    request,
  };
  return { ...ids, key: sdkKey.id, installKey: installKey.id, member: member.id, invitation: invited.id, token: token.id };
}
/** An environment that some may not read. Everything in it, and everything said of it, is marked by one word. */
export const hidden = 'hidden-e';

async function hide(server: RunningServer, path: string, flag: string, owner: SignedIn): Promise<void> {
  const there = `${path}/environments/${hidden}`;
  await must(server, owner, 'POST', `${path}/environments`, { key: hidden, name: hidden });
  const pin = { kind: 'org', keys: ['hidden-c'], variant: 'on', turnOn: true, reason: 'hidden reason' };
  await must(server, owner, 'POST', `${there}/flags/${flag}/pin`, pin);
  await must(server, owner, 'PUT', `${there}/segments/hidden-s`, segment);
  await must(server, owner, 'PUT', `${there}/contexts/org`, { contexts: [{ key: 'hidden-c', attributes: {} }] });
  await releaseFrom(server, path, { environment: hidden, flag, version: '1.0.0-hidden' }, owner);
  const asking = { prerequisites: [{ flag, variants: ['on'] }] };
  await must(server, owner, 'POST', `${path}/flags`, { key: `${flag}-2`, environments: { [hidden]: asking } });
}

interface Cut {
  readonly environment: string;
  readonly flag: string;
  readonly version: string;
}

async function releaseFrom(server: RunningServer, path: string, { environment, flag, version }: Cut, owner: SignedIn) {
  const manifest = [{ key: flag, defaults: [false], places: 1 }];
  await must(server, owner, 'POST', `${path}/releases`, { version, commit: 'abc1234', manifest, environment });
  return version;
}

async function backOutOf(server: RunningServer, path: string, flag: string, owner: SignedIn): Promise<void> {
  const decision = { flags: [flag], releases: '>=1', severity: 'required', because: 'rows are lost' };
  await must(server, owner, 'POST', `${path}/back-outs`, decision);
}

async function publishKeys(server: RunningServer, path: string, of: Pick<Trust, 'product' | 'line'>, owner: SignedIn) {
  const root = { keyid: 'root', privateKey: privateKeyIn(newKey()) };
  const publicKey = publicHalf(root.privateKey);
  const file = sealKeys(firstKeys(of.product, { keyid: 'vendor-1', publicKey }, new Date().toISOString()), root);
  const trust = { ...of, roots: [{ keyid: 'root', publicKey }] };
  await must(server, owner, 'PUT', `${path}/lines/${of.line}/keys`, { file, trust });
}

type Named = [string, string, string, string, string];

export const segment = { name: 'Segment', description: '', kind: 'org', included: ['acme'], excluded: [] };

const serviceToken = (server: RunningServer, org: string, owner: SignedIn, grants: Grant[]) =>
  must(server, owner, 'POST', `/orgs/${org}/tokens`, { name: 'robot', grants });

async function revokedToken(server: RunningServer, owner: SignedIn): Promise<string> {
  const { id, secret } = await serviceToken(server, 'alpha', owner, [{ role: 'owner' }]);
  await must(server, owner, 'DELETE', `/orgs/alpha/tokens/${id}`);
  return secret;
}

async function sdkSecret(server: RunningServer, owner: SignedIn): Promise<string> {
  const path = '/orgs/alpha/projects/kumquat-p/environments/kumquat-e/keys';
  return (await must(server, owner, 'POST', path, { kind: 'server', name: 'wrong door' })).secret;
}

async function installSecret(server: RunningServer, owner: SignedIn): Promise<string> {
  const path = '/orgs/alpha/projects/kumquat-p/installs/kumquat-i/keys';
  return (await must(server, owner, 'POST', path, { name: 'wrong door' })).secret;
}

/** Setting the world up must not fail silently. */
async function must(server: RunningServer, { cookie }: SignedIn, method: string, path: string, body?: unknown) {
  const answer = await server.send<{ id: string; secret: string; request?: string }>(method, `/api/v1${path}`, {
    cookie,
    ...(body !== undefined && { body }),
  });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}
