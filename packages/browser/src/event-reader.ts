import { type Exchange, LONGEST_TEXT } from '@taffrail/sdk-core';

/** Takes a text/event-stream in pieces, and tells of each event as soon as it is whole. Lines end with a line feed. */
export function createEventReader(received: Exchange['received']): (piece: string) => void {
  let rest = '';
  let fields: Record<string, string[]> = {};
  let held = 0;

  function take(line: string): void {
    held += line.length;
    if (line) {
      const colon = line.indexOf(':');
      (fields[line.slice(0, colon)] ??= []).push(line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1)));
      return;
    }
    const { event, data, id } = fields;
    fields = {};
    held = 0;
    if (event && data) received(event.join(), data.join('\n'), id?.join());
  }

  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line.replace(/\r$/, ''));
    if (held + rest.length > LONGEST_TEXT) throw new RangeError('the event is too long');
  };
}
