import { lookInto, Refused } from '@taffrail/shipment/signed';
import { importFile, type OpenedSite } from '@taffrail/shipment/site-store';
import { type LayerSink, LONGEST_TEXT } from '@taffrail/sdk-core';

/** Sentences that are remembered, so that what is sent again and again is refused once in the log. */
const REMEMBERED = 100;

/** What becomes of files. */
export interface IntakeListener {
  readonly say: LayerSink['say'];
  /** One was new, and is in the folder. */
  readonly taken: () => void;
  /** One may have been good, and could not be written: the disk is full, say. */
  readonly unkept: () => void;
}

/**
 * Takes files into a site's folder, one after the other: each is verified, and never lower than what was taken. What is refused
 * changes nothing. Files that come faster than they can be taken push out the oldest that wait.
 */
export function createIntake(
  { store, release }: OpenedSite,
  { say, taken, unkept }: IntakeListener,
): { readonly bring: (file: string) => void } {
  const said = new Set<string>();
  const waiting: string[] = [];
  let isTaking = false;

  function refuse(why: string): void {
    if (said.size < REMEMBERED && said.size < said.add(why).size) say('error', why);
  }

  async function take(file: string): Promise<void> {
    try {
      const other = otherRelease(file, release);
      if (other !== undefined)
        return refuse(`the vendor sent a shipment of ${other}, and ${release} runs here: it was left out.`);
      if ((await importFile(store, file)).isNew) taken();
    } catch (error) {
      refuse(sentenceOf(error));
      if (!(error instanceof Refused)) unkept();
    }
  }

  async function work(): Promise<void> {
    if (isTaking) return;
    isTaking = true;
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await take(file);
    isTaking = false;
  }

  return {
    bring(file) {
      waiting.push(file);
      while (waiting.length > 1 && charactersOf(waiting) > LONGEST_TEXT) waiting.shift();
      void work();
    },
  };
}

const charactersOf = (files: readonly string[]): number => files.reduce((sum, { length }) => sum + length, 0);

/** The release that a shipment says it is of, where that is another one; it is verified when it is taken. */
function otherRelease(file: string, release: string): string | undefined {
  if (!file.startsWith(SHIPMENT)) return undefined;
  const { shipment } = lookInto(file);
  return shipment.release === release ? undefined : shipment.release;
}

/** There is one text for an envelope, and it begins with its type. */
const SHIPMENT = '{"payloadType":"application/vnd.taffrail.shipment.v1+json"';

function sentenceOf(error: unknown): string {
  if (error instanceof Refused)
    return `what the vendor sent was refused (${error.code}): ${error.message}; nothing changed here.`;
  return `what the vendor sent could not be kept (${(error as NodeJS.ErrnoException).code ?? String(error)}): nothing changed here.`;
}
