import { trust, type Trust } from '@taffrail/schema/shipment';
import { payloadReader } from '../envelope/payload.ts';

const reader = payloadReader(trust);

/** What a product's package tells a site to trust, from its file's text. Throws `Refused`. */
export const trustIn = (text: string): Trust => reader(Buffer.from(text, 'latin1')) as Trust;
