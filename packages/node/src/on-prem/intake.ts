import { lookInto, Refused } from '@taffrail/shipment/signed';
import { importFile, type OpenedSite } from '@taffrail/shipment/site-store';
import type { LayerSink } from '@taffrail/sdk-core';

/** Sentences that are remembered, so that what is sent again and again is refused once in the log. */
const REMEMBERED = 100;

/**
 * Takes files into a site's folder, one after the other: each is verified, and never lower than what was taken. What is refused
 * changes nothing. `taken` is called after each that was new.
 */
export function createIntake(
  { store, release }: OpenedSite,
  say: LayerSink['say'],
  taken: () => void,
): { readonly bring: (file: string) => void } {
  const said = new Set<string>();
  let last: Promise<void> = Promise.resolve();

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
    }
  }

  return { bring: (file) => void (last = last.then(() => take(file))) };
}

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
