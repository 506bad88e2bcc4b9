/** The polynomial of CRC-15/CAN, without its first term. */
const POLYNOMIAL = 0x4599;

/**
 * What the check characters know of a release and revision: a CRC of 15 bits over seven bits a character, case ignored, as three
 * symbols. It tells any one wrong character, and any two neighbours that changed places: errors within 14 bits.
 */
export function headSymbols(release: string, revision: number): number[] {
  let crc = 0;
  for (const character of `${release}-${revision}`.toLowerCase()) {
    for (let bit = 6; bit >= 0; bit--) crc = shifted(crc, (character.charCodeAt(0) >> bit) & 1);
  }
  return [10, 5, 0].map((shift) => (crc >> shift) & 31);
}

const shifted = (crc: number, bit: number): number => {
  const next = (crc << 1) & 0x7fff;
  return (crc >> 14) ^ bit ? next ^ POLYNOMIAL : next;
};
