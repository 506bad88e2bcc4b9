import { formatSnapshot, parseSnapshot } from '@taffrail/engine';
import { siteLayer, snapshotOf } from '@taffrail/shipment';
import { answersOf } from './group.ts';
import { askNode } from './node-way.ts';
import { openPage } from './page-way.ts';
import { openServer } from './server-way.ts';
import { stateless, type Way } from './way.ts';

/** The ways to an answer, by name. */
export const ways: Readonly<Record<string, () => Promise<Way> | Way>> = {
  'the engine': () => stateless(answersOf),
  'the Node SDK': () => stateless(askNode),
  'the browser SDK in Chromium': openPage,
  'the server, flag by flag': () => openServer('one'),
  'the server, all flags at once': () => openServer('all'),
  'a shipment': () => stateless((text, questions, nowMs) => answersOf(shippedText(text), questions, nowMs)),
};

/** The lines as a site serves them that took them in a shipment, and has nothing to say itself. */
function shippedText(text: string): string {
  const { snapshot } = parseSnapshot(text);
  if (!snapshot) return text;
  const origin = { release: '8.4.0', revision: 1 };
  const shipped = snapshotOf({ snapshot: formatSnapshot({ ...snapshot, header: { ...snapshot.header, origin } }), backOuts: [] });
  const { lay } = siteLayer({ entries: [], off: [], backOuts: [] });
  return formatSnapshot({ ...shipped, items: shipped.items.map(lay) });
}
