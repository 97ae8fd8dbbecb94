/** One entry of the catalogue of errors: what a client is told, and why it happens. */
export interface ErrorKind {
  /** HTTP status of the whole answer where the request was refused; 200 where only fields failed. */
  readonly status: number;
  /** Shown where the thrower has nothing more precise to say. */
  readonly message: string;
  readonly cause: string;
}

/**
 * Every code that router and subgraphs give in `errors[].extensions.code`. Where `SUBGRAPH_ERRORS` is
 * `show`, codes of other people's subgraphs pass through beside them.
 * docs/errors.md lists the same; a test keeps the two together.
 */
export const ERRORS = {
  BAD_REQUEST: {
    status: 400,
    message: 'The request is not a well-formed GraphQL request.',
    cause: 'The body is not JSON, has no `query`, or a field of it has the wrong type.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    message: 'The document is not GraphQL.',
    cause: 'The text of the operation has a syntax error.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    message: 'The document does not fit the schema.',
    cause: 'A field, argument, fragment or variable does not exist or has the wrong type.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    message: 'Name the operation to run.',
    cause:
      'The document holds several operations and no `operationName` chooses one, or it names none of them.',
  },
  OPERATION_NOT_PLANNABLE: {
    status: 400,
    message: 'The operation cannot be planned.',
    cause:
      'The planner finds no way to some of its fields, would fetch them wrongly, or takes too long; ask for less at once.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    message: 'The operation asks for more than is allowed at once.',
    cause:
      'It passes one of `MAX_TOKENS`, `MAX_DEPTH`, `MAX_HEIGHT`, `MAX_ALIASES`, `MAX_ROOT_FIELDS`, `MAX_DIRECTIVES`, `MAX_REPEATED_DIRECTIVES`, `MAX_VARIABLES` and `MAX_INPUT_VALUES`; the message says which. Ask in several operations.',
  },
  OPERATION_TOO_EXPENSIVE: {
    status: 400,
    message: 'The operation costs more than is allowed at once.',
    cause:
      'What it is expected to cost, by the `@cost` and `@listSize` of the schema, passes `MAX_COST`; the message says both. Ask for shorter lists, or in several operations.',
  },
  RATE_LIMITED: {
    status: 429,
    message: 'You have asked too much in this minute; ask again in the next.',
    cause:
      'The viewer, or the guests of one address, passed `REQUESTS_PER_MINUTE_PER_VIEWER`, `REQUESTS_PER_MINUTE_PER_ADDRESS` or `COST_PER_MINUTE`; the message says which, and the header `retry-after` when to ask again.',
  },
  OVERLOADED: {
    status: 503,
    message: 'There is too much to do at the moment; ask again in a second.',
    cause:
      'More requests are under way than can be answered as fast as usual, or than `MAX_REQUESTS_IN_FLIGHT`. Queries are refused before changes are, and these before what services ask; the header `retry-after` says when to ask again.',
  },
  CACHE_UNAVAILABLE: {
    status: 503,
    message: 'What is kept could not be invalidated; ask again.',
    cause: 'Redis, where routers keep answers, is away: `POST /cache/invalidate` has done nothing.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: 'Send mutations by POST.',
    cause: 'GET runs queries only, so that a link cannot change anything.',
  },
  CSRF_PREVENTED: {
    status: 400,
    message:
      'Send `content-type: application/json`, or a non-empty `apollo-require-preflight` header.',
    cause:
      'The request could have been made by another site’s page without the browser asking first.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    message: 'Accept `application/graphql-response+json` or `application/json`.',
    cause:
      'The `accept` header names no media type that the answer can be written in; answers with `@defer` and subscriptions need one of their own.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: 'The request body is too large.',
    cause: 'The body passes the limit set by `MAX_BODY_BYTES`.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Send the body as `application/json`.',
    cause: 'The `content-type` is not JSON.',
  },
  BAD_USER_INPUT: {
    status: 400,
    message: 'A value in the request is not valid.',
    cause:
      'A variable does not fit its type, an argument is out of its bounds, or a service was asked for an entity by what is no key of it.',
  },
  UNAUTHENTICATED: {
    status: 401,
    message: 'Log in first.',
    cause: 'The field needs a signed-in viewer, or the given identity is not valid.',
  },
  FORBIDDEN: {
    status: 403,
    message: 'That is not yours to see or change.',
    cause:
      'The viewer is known and may not do this; or a subgraph was asked without the router’s signature.',
  },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    status: 200,
    message: 'You may not see this field.',
    cause:
      'The schema guards the field, or its type, with `@authenticated`, `@requiresScopes` or `@policy`, and the viewer does not meet that; the rest of the answer is there.',
  },
  IDENTITY_UNAVAILABLE: {
    status: 503,
    message: 'Who you are cannot be checked at the moment; ask again.',
    cause: 'The keys of the token’s issuer cannot be fetched from the URL in `IDENTITY_PROVIDERS`.',
  },
  OPERATION_NOT_REGISTERED: {
    status: 403,
    message: 'The operation is not registered.',
    cause:
      'A service sent an operation that is none of its documents in `operations/services/`; or a client one that no frontend has registered, where `TRUSTED_DOCUMENTS` is `only`.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    // Clients know it by these words.
    message: 'PersistedQueryNotFound',
    cause:
      'No document with this hash was sent before; send it with the hash once, as clients do by themselves.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 200,
    message: 'PersistedQueryNotSupported',
    cause: '`PERSISTED_QUERIES` is `off`, and the hash is none of a registered operation.',
  },
  NOT_FOUND: {
    status: 404,
    message: 'There is nothing at this address.',
    cause: 'The path is not one that the router serves.',
  },
  CONFLICT: {
    status: 200,
    message: 'It was changed in the meantime; ask again.',
    cause:
      'What the field is computed from was changed by another request while this one was being answered.',
  },
  SUBGRAPH_ERROR: {
    status: 200,
    message: 'A subgraph reported an error.',
    cause:
      'A subgraph gave an error without a code; shown where `SUBGRAPH_ERRORS` allows it, else masked.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 200,
    message: 'A part of the answer could not be fetched.',
    cause:
      'A subgraph is down, refused the connection, or answered with something that is not GraphQL.',
  },
  SUBGRAPH_TIMEOUT: {
    status: 200,
    message: 'A part of the answer took too long.',
    cause: 'A subgraph did not answer within `SUBGRAPH_TIMEOUT_MS`, or a subscription fell silent.',
  },
  SUBGRAPH_RESPONSE_TOO_LARGE: {
    status: 200,
    message: 'A part of the answer was too large.',
    cause: 'A subgraph’s answer, or an event of it, passed `SUBGRAPH_MAX_RESPONSE_BYTES`.',
  },
  SUBGRAPH_INVALID_VALUE: {
    status: 200,
    message: 'A part of the answer does not fit the schema.',
    cause:
      'A subgraph gave null where its schema has none, a value of another type, or an unknown type name.',
  },
  SUBSCRIPTION_OUTDATED: {
    status: 200,
    message: 'The schema has changed, and the subscription does not fit it any more.',
    cause: 'A new supergraph is served that the subscription’s operation is not valid for.',
  },
  SHUTTING_DOWN: {
    status: 503,
    message: 'The server is stopping; ask again.',
    cause: 'The process got SIGTERM and finishes only what it had begun.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    message: 'You have too many subscriptions; end one first.',
    cause: 'The viewer, or the guests of one address, passed `MAX_SUBSCRIPTIONS_PER_VIEWER`.',
  },
  SUBSCRIPTIONS_EXHAUSTED: {
    status: 503,
    message: 'The server has no place for another subscription; try again later.',
    cause: 'The router passed `MAX_SUBSCRIPTIONS`.',
  },
  SUBSCRIPTION_TOO_SLOW: {
    status: 200,
    message: 'The subscription was ended: its events came faster than they were read.',
    cause: 'The client left more than `MAX_QUEUED_EVENTS` unread.',
  },
  TOO_MANY_CONNECTIONS: {
    status: 503,
    message: 'The server has no place for another WebSocket; try again later.',
    cause: 'The router passed `MAX_WEBSOCKETS`.',
  },
  TOO_MANY_OPERATIONS: {
    status: 429,
    message: 'Too many operations are under way on this connection; end one first.',
    cause: 'A WebSocket passed `MAX_OPERATIONS_PER_WEBSOCKET`.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    message: 'Something went wrong on our side.',
    cause: 'A defect. The log holds the cause under the `errorId` of the answer.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERRORS, code);
