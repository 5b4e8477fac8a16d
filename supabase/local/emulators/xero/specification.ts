import { readFileSync } from 'node:fs';
import { OpenAPIBackend, type Document } from 'openapi-backend';

/** What Xero's own description says of one request. */
export interface Matched {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  /** What the description objects to, in its validator's words; empty when nothing. */
  readonly objections: readonly string[];
}

/** Xero's description, asked one request at a time. */
export interface Specification {
  /** Undefined for a path that the description does not know. */
  match(request: Spoken): Matched | undefined;
  /** What the description objects to in a reply of ours. */
  objectionsToReply(operation: string, status: number, body: unknown): readonly string[];
}

/** A request as the validator reads it. */
export interface Spoken {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Node = Record<string, unknown>;

const FORMATS = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  uri: /^https?:\/\/\S+$/,
  'date-time': true,
  double: true,
  int32: true,
} as const;

/** Opens one of the slices beside this file with every request body closed; only the validator is used, our handlers are our own. */
export async function openSpecification(slice: 'xero-accounting' | 'xero-identity'): Promise<Specification> {
  const file = new URL(`spec/${slice}.json`, import.meta.url);
  const definition = closed(JSON.parse(readFileSync(file, 'utf8')) as Node);
  const api = new OpenAPIBackend({
    definition: definition as unknown as Document,
    quick: true,
    ajvOpts: { strict: false, formats: FORMATS },
    coerceTypes: true,
  });
  await api.init();
  return {
    match: (request) => matched(api, request),
    objectionsToReply: (operation, status, body) =>
      (api.validateResponse(body, operation, status).errors ?? []).map(objection),
  };
}

function matched(api: OpenAPIBackend, request: Spoken): Matched | undefined {
  const spoken = { ...request, headers: { ...request.headers } };
  const operation = api.matchOperation(spoken);
  if (!operation?.operationId) return undefined;
  const { params } = api.router.parseRequest(spoken, operation);
  const { errors } = api.validateRequest(spoken, operation);
  return {
    operation: operation.operationId,
    params: params as Record<string, string>,
    objections: (errors ?? []).map(objection),
  };
}

const objection = (error: { instancePath?: string; message?: string; params?: object }): string =>
  `${error.instancePath ?? ''} ${error.message ?? 'is wrong'} ${JSON.stringify(error.params ?? {})}`.trim();

/** Replies and requests share their schemas, and our replies are held to the same closed ones. */
function closed(definition: Node): Node {
  const { schemas } = definition['components'] as { schemas: Record<string, Node> };
  for (const schema of Object.values(schemas)) if (schema['properties']) schema['additionalProperties'] = false;
  return definition;
}
