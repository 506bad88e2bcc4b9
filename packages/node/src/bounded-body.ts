import { LONGEST_TEXT } from '@taffrail/sdk-core';

type Body = ReadableStream<Uint8Array>;

const EMPTY_LINE = '\n\n';

/** Fails once so many bytes have come without an empty line, at which whoever reads a stream of events may forget what was before. */
export function boundedEvents(body: Body, longest: number = LONGEST_TEXT): Body {
  let held = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        const end = Buffer.from(piece.buffer, piece.byteOffset, piece.length).lastIndexOf(EMPTY_LINE);
        held = end < 0 ? held + piece.length : piece.length - end;
        if (held > longest) controller.error(new RangeError('the event is too long'));
        else controller.enqueue(piece);
      },
    }),
  );
}

/** The whole body as text; fails once it is too long. */
export async function boundedText(body: Body, longest: number = LONGEST_TEXT): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > longest) throw new RangeError('the snapshot is too long');
  }
  return text + decoder.decode();
}
