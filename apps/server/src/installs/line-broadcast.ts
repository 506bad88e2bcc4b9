import { encodeEvent, frame, type Broadcast, type Frame, type Frames, openingFrame, shortFrame } from '@taffrail/publish';

/** What the sites of a line that run one release may take: each a signed text, byte for byte, with its number. */
export interface LineFiles {
  readonly keys?: { readonly version: number; readonly file: string } | undefined;
  readonly shipment?: { readonly revision: number; readonly file: string } | undefined;
}

/** What a site has: the version of its key list and the revision in force; 0 where it has none. */
export interface Held {
  readonly keys: number;
  readonly revision: number;
}

/** Which of the files are newer than what a site has. */
export function lacking({ keys, shipment }: LineFiles, held: Held): LineFiles {
  return {
    ...(keys && keys.version > held.keys && { keys }),
    ...(shipment && shipment.revision > held.revision && { shipment }),
  };
}

/** What is broadcast to the sites of one release. Every stream that lacks the same is sent the same bytes. */
export interface LineBroadcast extends Broadcast {
  bring(files: LineFiles): void;
}

/** What a site says of its line. */
export interface Subject {
  readonly line: string;
  readonly release: string;
}

export function createLineBroadcast(subject: Subject, first: LineFiles): LineBroadcast {
  let files = first;
  return {
    get head() {
      return headOf({ keys: files.keys?.version ?? 0, revision: files.shipment?.revision ?? 0 });
    },
    reachable: (position) => headOf(heldAt(position)),
    frames: (heartbeatMs) => framesOf(subject, files, heartbeatMs),
    bring: (next) => void (files = next),
  };
}

/** Above every revision: so one number says both. */
const BEYOND_REVISIONS = 2 ** 21;
const headOf = ({ keys, revision }: Held): number => keys * BEYOND_REVISIONS + revision;
const heldIn = (head: number): Held => ({ keys: Math.floor(head / BEYOND_REVISIONS), revision: head % BEYOND_REVISIONS });

/** A position of a site, as its hub takes it. */
export const positionOf = ({ keys, revision }: Held): string => `${keys}.${revision}`;

function heldAt(position = ''): Held {
  const [keys = 0, revision = 0] = position.split('.').map(Number);
  return { keys, revision };
}

function framesOf({ line, release }: Subject, files: LineFiles, heartbeatMs: number): Frames {
  const { keys, shipment } = files;
  const made = new Map<string, Frame>();
  const hello = { line, release, heartbeatMs, capabilities: [] };
  return {
    head: headOf({ keys: keys?.version ?? 0, revision: shipment?.revision ?? 0 }),
    opening: openingFrame(encodeEvent('hello', [JSON.stringify(hello)])),
    beat: shortFrame(encodeEvent('beat', [JSON.stringify({ ...(shipment && { revision: shipment.revision }) })])),
    toHead(from) {
      const sent = lacking(files, heldIn(from ?? 0));
      const name = Object.keys(sent).join();
      const found = made.get(name) ?? frame(eventsOf(release, sent));
      made.set(name, found);
      return found;
    },
  };
}

/** The key list comes first: the shipment may be signed by a key that is new in it. */
function eventsOf(release: string, { keys, shipment }: LineFiles): string {
  const listed = keys === undefined ? '' : encodeEvent('keys', linesOf(keys.file));
  if (shipment === undefined) return listed;
  return listed + encodeEvent('shipment', linesOf(shipment.file), `${release}/${shipment.revision}`);
}

/** A reader puts a line feed between lines: so the text arrives byte for byte, the one at its end too. */
const linesOf = (file: string): string[] => file.split('\n');
