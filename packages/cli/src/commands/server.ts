import { row, answer } from '../row.ts';

/** The server itself, on this machine. It is loaded only here: no other command waits for it. */
export const serverRows = [
  row<object, 'machine'>({
    name: 'serve',
    about: 'Start a server',
    reach: 'machine',
    async run() {
      return answer({}, () => '');
    },
  }),
];
