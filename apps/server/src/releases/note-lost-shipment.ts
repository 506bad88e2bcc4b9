import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { lastShipment, releaseOf } from './find.ts';
import { noteNewerShipment } from './note-newer-shipment.ts';
import { farthestRevisions, isCredible } from './numbering.ts';

/** Notes that a revision left the building and is not known here, as who signed it or a site's support code says. */
export const noteLostShipment = command({
  name: 'shipment.note-known-elsewhere',
  version: 1,
  permission: 'shipment.sign',
  apply(state: State, input: InputOf<'POST /orgs/:org/projects/:project/releases/:release/lost'>, occasion: Occasion): Outcome {
    releaseOf(state, input.release);
    const { revision: issued } = lastShipment(state, input.release);
    const message = `is more than ${farthestRevisions} above r${issued}, the last that is known here`;
    refuseMistakes(isCredible(input.revision, issued) ? [] : [{ at: '/body/revision', message }]);
    return noteNewerShipment.apply(state, input, occasion);
  },
});
