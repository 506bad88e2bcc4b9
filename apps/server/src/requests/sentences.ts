import type { Change, RequestDocument } from '@taffrail/schema';

/** Sentences that a summary names; more are counted. */
const sentencesNamed = 2;

/** What changes say, in a line: `new-checkout: turned on in production, and 3 more`. */
export function summaryOf(changes: readonly Change[]): string {
  const sentences = changes.map(({ key, summary }) => `${key}: ${summary}`);
  const more = sentences.length - sentencesNamed;
  const named = sentences.slice(0, sentencesNamed).join('; ');
  return more > 0 ? `${named}; and ${more} more` : named;
}

/** Everything that becomes of a request, as the history calls and tells it. */
const words = {
  made: 'asked for approval of',
  edited: 'edited the request for',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrew the request for',
  emergency: 'published in an emergency, to be reviewed:',
  reviewed: 'reviewed what was published in an emergency:',
} as const;

/**
 * What became of a request: a change for each environment that it concerns, which tells of that one alone, since who reads one
 * need not read the others.
 */
export function requestChanges(
  verb: keyof typeof words,
  id: string,
  { preview, environments, requestedBy }: RequestDocument,
): Change[] {
  const asker = verb === 'approved' || verb === 'rejected' ? `, which ${requestedBy.name} asked for` : '';
  const say = (changes: readonly Change[]) => `${words[verb]} ${summaryOf(changes)}${asker}`;
  const change = { kind: `request.${verb}`, sort: 'request', key: id };
  if (environments.length === 0) return [{ ...change, summary: say(preview.changes) }];
  return environments.map((environment) => {
    const here = preview.changes.filter((one) => one.environment === undefined || one.environment === environment);
    return { ...change, environment, summary: say(here) };
  });
}
