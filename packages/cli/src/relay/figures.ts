import type { OnPremClient } from '@taffrail/node/on-prem';
import type { Door, SdkEndpoint } from '@taffrail/publish';
import type { OfrepEndpoint } from '@taffrail/publish/ofrep';
import type { Feeds } from './feeds.ts';
import type { Figure } from './pages.ts';

/** What is counted. */
export interface Counted {
  readonly client: OnPremClient;
  readonly feeds: Feeds;
  readonly sdk: Pick<SdkEndpoint, 'counts'>;
  readonly ofrep: Pick<OfrepEndpoint, 'counts'>;
  readonly door: Pick<Door, 'refused'>;
}

/** How a relay is doing, for those who watch over it. */
export function figuresOf({ client: { site }, feeds, sdk, ofrep, door }: Counted): Figure[] {
  const shipment = site.shipment();
  const contact = site.lastContactAt();
  return [
    {
      name: 'taffrail_relay_shipment_revision',
      about: 'The revision of the shipment in force.',
      sort: 'gauge',
      values: shipment ? [{ labels: { release: shipment.release }, value: shipment.revision }] : [],
    },
    {
      name: 'taffrail_relay_last_contact_seconds',
      about: 'When the vendor was last heard of, in seconds of Unix time.',
      sort: 'gauge',
      values: contact ? [{ value: contact.getTime() / 1_000 }] : [],
    },
    {
      name: 'taffrail_relay_streams',
      about: 'Streams that are open.',
      sort: 'gauge',
      values: Object.entries(feeds.channels).map(([audience, channel]) => ({ labels: { audience }, value: channel.streams() })),
    },
    {
      name: 'taffrail_relay_requests_total',
      about: 'Requests that were answered.',
      sort: 'counter',
      values: [...said('sdk', sdk.counts), ...said('ofrep', ofrep.counts), ...said('door', { refused: door.refused() })],
    },
  ];
}

const said = (by: string, counts: object) =>
  Object.entries(counts).map(([what, value]) => ({ labels: { by, what }, value: Number(value) }));
