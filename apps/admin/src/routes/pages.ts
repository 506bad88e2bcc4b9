import type { ParamsOf } from '@taffrail/schema';

/** One address pattern: the link to it, and the parameters in an address that matches. */
export interface Page<P extends string> {
  readonly pattern: P;
  href(params: ParamsOf<P>, query?: Readonly<Record<string, string | undefined>>): string;
  match(path: string): ParamsOf<P> | undefined;
}

/** Every address of the application. */
export const pages = {
  home: page('/'),
  link: page('/link'),
  account: page('/account'),
  newOrganization: page('/new-organization'),
  people: page('/orgs/:org/people'),
  tokens: page('/orgs/:org/tokens'),
  organization: page('/orgs/:org/settings'),
  newProject: page('/orgs/:org/new-project'),
  flags: page('/orgs/:org/projects/:project/flags'),
  flag: page('/orgs/:org/projects/:project/flags/:flag'),
  features: page('/orgs/:org/projects/:project/features'),
  feature: page('/orgs/:org/projects/:project/features/:feature'),
  releases: page('/orgs/:org/projects/:project/releases'),
  release: page('/orgs/:org/projects/:project/releases/:release'),
  backOuts: page('/orgs/:org/projects/:project/back-outs'),
  backOut: page('/orgs/:org/projects/:project/back-outs/:backOut'),
  installs: page('/orgs/:org/projects/:project/installs'),
  install: page('/orgs/:org/projects/:project/installs/:install'),
  support: page('/orgs/:org/projects/:project/support'),
  lines: page('/orgs/:org/projects/:project/lines'),
  segments: page('/orgs/:org/projects/:project/segments'),
  segment: page('/orgs/:org/projects/:project/segments/:segment'),
  contexts: page('/orgs/:org/projects/:project/contexts'),
  context: page('/orgs/:org/projects/:project/contexts/:kind/:key'),
  activity: page('/orgs/:org/projects/:project/activity'),
  rollback: page('/orgs/:org/projects/:project/rollback'),
  requests: page('/orgs/:org/projects/:project/requests'),
  request: page('/orgs/:org/projects/:project/requests/:request'),
  compare: page('/orgs/:org/projects/:project/compare'),
  keys: page('/orgs/:org/projects/:project/keys'),
  project: page('/orgs/:org/projects/:project/settings'),
} as const;

function page<P extends string>(pattern: P): Page<P> {
  const segments = pattern.split('/');
  return {
    pattern,
    href: (params, query = {}) => hrefOf(segments, params ?? {}, query),
    match: (path) => matchOf(segments, path),
  };
}

function hrefOf(segments: readonly string[], params: object, query: Readonly<Record<string, string | undefined>>): string {
  const given = new Map<string, string>(Object.entries(params));
  const path = segments
    .map((part) => (part.startsWith(':') ? encodeURIComponent(given.get(part.slice(1)) ?? '') : part))
    .join('/');
  const present = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return present.length > 0 ? `${path}?${new URLSearchParams(present)}` : path;
}

function matchOf<P extends string>(segments: readonly string[], path: string): ParamsOf<P> | undefined {
  const parts = path.split('/');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, wanted] of segments.entries()) {
    const part = parts[index] ?? '';
    if (!wanted.startsWith(':')) {
      if (part !== wanted) return undefined;
    } else if (part === '') return undefined;
    else params[wanted.slice(1)] = decoded(part);
  }
  return params as ParamsOf<P>;
}

/** An address that somebody mangled is still an address. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
