import type { Commits } from '../changes/commits.ts';
import { system } from '../changes/system.ts';
import type { Storage } from '../db/storage.ts';
import { noteLostCommits } from './note-newer-shipment.ts';

/** Before anybody is served: where the database came back older than it was, no revision of a shipment is issued twice. */
export function leaveOutLostRevisions({ storage, commits }: { readonly storage: Storage; readonly commits: Commits }): void {
  for (const [scope, lost] of Object.entries(storage.lost)) {
    const [org = '', project] = scope.split('/');
    if (project === undefined || commits.state({ org, project }).list('release').length === 0) continue;
    commits.commit({ scope: { org, project }, command: noteLostCommits, input: { commits: lost }, actor: system });
  }
}
