/** Says of a file that should say what flags there are, and is not there, how one comes by it. */
export const noExport = (file: string): string =>
  `There is no file ${file}. Write it with "taffrail export ${file}", or name another.`;
