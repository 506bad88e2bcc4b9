export { type Signature } from './envelope/envelope.ts';
export { Refused, type RefusalCode } from './envelope/refused.ts';
export {
  type ClaimedShipment,
  lookInto,
  openShipment,
  refuseStaleSigners,
  sealPayload,
  sealShipment,
  signaturesIn,
  stalenessOf,
  type VerifiedShipment,
  withSignatures,
} from './envelope/shipment-file.ts';
export { type Signer } from './envelope/seal.ts';
export { firstKeys, type NewKey, revokeKey, rotateKeys } from './keys/change-keys.ts';
export { digestOf, fingerprint, newKey, privateKeyIn, publicHalf } from './keys/key.ts';
export { openKeys, sealKeys, type VerifiedKeys } from './keys/key-list.ts';
export { trustIn } from './keys/trust.ts';
export type { KeyList, Trust } from '@taffrail/schema/shipment';
