import { describe, expect, it } from 'vitest';
import { boundedEvents, boundedText } from './bounded-body.ts';

const encoder = new TextEncoder();
const bodyOf = (...pieces: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
const read = (body: ReadableStream<Uint8Array>) => new Response(body).text();

describe('a stream of events', () => {
  it.each<[string, string[]]>([
    ['however many they are', Array.from({ length: 50 }, () => 'data: 1\n\n')],
    ['wherever they are cut', Array.from({ length: 50 }, () => '1\n\ndata: ')],
    ['up to the limit', ['0123456789']],
  ])('passes, %s', async (_, pieces) => {
    expect(await read(boundedEvents(bodyOf(...pieces), 10))).toBe(pieces.join(''));
  });

  it('fails in the middle of an event that is too long', async () => {
    await expect(read(boundedEvents(bodyOf('data: 1\n\n', 'data: ', 'data: '), 10))).rejects.toThrow('too long');
  });
});

describe('a snapshot', () => {
  it('is read whole, also where a character is cut', async () => {
    const [one, two] = [encoder.encode('é').slice(0, 1), encoder.encode('é').slice(1)];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(one);
        controller.enqueue(two);
        controller.close();
      },
    });
    expect(await boundedText(body, 1)).toBe('é');
  });

  it('that is too long fails', async () => {
    await expect(boundedText(bodyOf('01234', '56789', 'a'), 10)).rejects.toThrow('too long');
  });
});
