export {
  type DecodedSupportCode,
  decodeSupportCode,
  encodeSupportCode,
  type SupportCode,
  type SupportLayer,
  type SupportValue,
} from './support/support-code.ts';
export { digestTag, type EntryEffect, entryTag, tagOf } from './support/tag.ts';
