import type { BodyOf, Contracts } from '@taffrail/schema';
import { issuesPerPage, letterAvatars, newIssueStream } from './flag-keys.ts';

/** A flag as it is created. */
export type NewFlag = BodyOf<Contracts['POST /orgs/:org/projects/:project/flags']>;

const everywhere = { on: true, fallthrough: { variant: 'on' } } as const;

/** The tracker's flags. `new-issue-stream` is launched dark: developers have it, no customer does. */
export const trackerFlags: readonly NewFlag[] = [
  {
    key: newIssueStream,
    description: 'Shows issues of one type together, with the last day of each, in place of a row for every issue.',
    owner: 'Issues team',
    kind: 'release',
    client: true,
    environments: { development: everywhere },
  },
  {
    key: letterAvatars,
    description: 'Shows the first letters of a name beside it.',
    owner: 'Design',
    kind: 'release',
    client: true,
    environments: { development: everywhere, staging: everywhere, production: everywhere },
  },
  {
    key: issuesPerPage,
    description: 'How many issues the list shows.',
    owner: 'Issues team',
    type: 'number',
    kind: 'config',
    variants: { few: 10, usual: 25, many: 100 },
    off: 'usual',
  },
];
