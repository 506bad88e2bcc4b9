import { Type } from 'typebox';
import { strict } from '../atoms.ts';
import type { Contract, ContractKey } from '../contract.ts';

const text = Type.String();
const metadata = Type.Record(text, Type.Union([text, Type.Number(), Type.Boolean()]));

/** OpenFeature's context. Whatever else stands in a body is ignored, as clients of later versions may send more. */
const body = Type.Object({
  context: Type.Optional(
    Type.Object(
      { targetingKey: Type.Optional(text) },
      { description: 'an attribute that is an object with a `key` is a kind of its own; all others are of the user' },
    ),
  ),
});

const success = strict({
  key: text,
  value: Type.Optional(Type.Unknown({ description: 'absent: the code default' })),
  variant: Type.Optional(text),
  reason: text,
  metadata: Type.Optional(metadata),
});

const failure = strict({
  key: text,
  errorCode: Type.Enum(['FLAG_NOT_FOUND', 'PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'GENERAL']),
  errorDetails: text,
  metadata: Type.Optional(metadata),
});

const eventStream = strict({ type: Type.Literal('sse'), endpoint: strict({ requestUri: text }) });

/**
 * The OpenFeature Remote Evaluation Protocol, version 0.3 (github.com/open-feature/protocol), relative to the root: any language's
 * client works. Keys are those of SDKs, as a bearer or in `X-API-Key`; a client key is answered as browsers evaluate.
 * Refusals are OFREP's: `{ errorCode, errorDetails }`.
 */
export const ofrepContracts = {
  'POST /ofrep/v1/evaluate/flags/:flag': {
    operation: 'evaluateFlag',
    summary: "Evaluate one flag of the key's environment for a context",
    permission: 'sdk-key',
    body,
    response: success,
    errors: ['ORIGIN_REFUSED'],
  },
  'POST /ofrep/v1/evaluate/flags': {
    operation: 'evaluateFlags',
    summary: "Evaluate all flags of the key's environment for a context; with If-None-Match only if an answer is another",
    permission: 'sdk-key',
    query: strict({
      /** What a notice said; every answer is the newest, whatever this says. */
      flagConfigEtag: Type.Optional(text),
      flagConfigLastModified: Type.Optional(text),
    }),
    body,
    response: strict({
      flags: Type.Array(Type.Union([success, failure])),
      /** For client keys: where a page is told when to ask again. */
      eventStreams: Type.Optional(Type.Array(eventStream)),
    }),
    errors: ['ORIGIN_REFUSED'],
  },
  'GET /ofrep/v1/stream': {
    operation: 'streamNotices',
    summary: 'Be told, by server-sent events, when answers may have become others',
    permission: 'sdk-key',
    query: strict({
      key: Type.Optional(Type.String({ description: 'a client key: an EventSource of a browser sends no header' })),
    }),
    response: Type.String({ description: 'events: message, goodbye; the data of a message is {"type":"refetchEvaluation"}' }),
    errors: ['ORIGIN_REFUSED', 'BUSY'],
    media: 'text/event-stream',
  },
} as const satisfies Record<ContractKey, Contract>;
