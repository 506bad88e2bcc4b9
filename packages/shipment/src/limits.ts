/** More than a thousand overrides; parsing takes a good part of a second then, and nobody should wait longer. */
export const OVERRIDE_FILE_BYTES = 262_144;
/** Lists and objects of an override file nest this deep at the most. */
export const OVERRIDE_FILE_LEVELS = 32;
/** As many flags as a project may have, with long rules. */
export const SHIPMENT_BYTES = 67_108_864;
/** More signatures than a vendor in the midst of a rotation has. */
export const SIGNATURES = 8;
