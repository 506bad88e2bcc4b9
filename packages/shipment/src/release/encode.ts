import type { Shipment } from '@taffrail/schema/shipment';
import { sortedJson } from './sorted.ts';

/** The payload of a shipment, the text whose UTF-8 bytes are signed: equal shipments give equal text. */
export const encodeShipment = (shipment: Shipment): string => sortedJson(shipment);
