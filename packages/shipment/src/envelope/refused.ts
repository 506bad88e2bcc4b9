import { oneLine } from '../one-line.ts';

/** More than any sentence has, and less than what a hostile file may have it quote. */
const CHARACTERS = 1_000;

/** Why a file is not used. One code a cause: what is said of it may change, programs go by the code. */
export type RefusalCode =
  | 'TOO_LARGE'
  | 'NOT_AN_ENVELOPE'
  | 'WRONG_TYPE'
  | 'UNKNOWN_KEY'
  | 'WRONG_ROOT'
  | 'BAD_SIGNATURE'
  | 'REVOKED_KEY'
  | 'ROTATED_OUT_KEY'
  | 'BAD_PAYLOAD'
  | 'NOT_UNDERSTOOD'
  | 'OTHER_PRODUCT'
  | 'OTHER_LINE'
  | 'NO_KEYS'
  | 'OLDER_KEYS'
  | 'OLDER_REVISION'
  | 'BACKDATED'
  | 'OTHER_HISTORY';

/** A file was refused, and nothing was changed. The message says why and what to do, on one line, whatever it quotes of the file. */
export class Refused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(oneLine(message.slice(0, CHARACTERS)));
    this.name = 'Refused';
    this.code = code;
  }
}
