import type { Json, Widened } from '@taffrail/engine';

declare global {
  /**
   * The flags of a program and the types of their values, as `taffrail codegen` writes them. While it is empty, any key is good, and
   * a value is of the type of its code default. It is global, so that one file speaks to every SDK.
   */
  // oxlint-disable-next-line typescript/no-empty-object-type, typescript/no-empty-interface -- to be filled by a generated file
  interface TaffrailFlags {}
}

type Known = keyof TaffrailFlags;

/** The key of a flag: one of those that were generated, else any. */
// oxlint-disable-next-line typescript/no-redundant-type-constituents -- here, where none were generated
export type FlagKey = [Known] extends [never] ? string : Known & string;

/** The key of a boolean flag. */
export type BooleanFlagKey = [Known] extends [never]
  ? string
  : // oxlint-disable-next-line typescript/no-redundant-type-constituents -- here, where none were generated
    { [Key in Known]: TaffrailFlags[Key] extends boolean ? Key : never }[Known] & string;

/** What may stand for a flag's value where there is none. */
export type CodeDefault<Key extends string> = Key extends Known ? TaffrailFlags[Key] : Json;

/** The type of a flag's value. */
export type ValueOf<Key extends string, Default> = Key extends Known ? TaffrailFlags[Key] : Widened<Default>;
