const EXPOSED = [
  'content-encoding',
  'content-location',
  'content-range',
  'content-type',
  'content-length',
  'date',
  'etag',
  'location',
  'preference-applied',
  'range-unit',
  'retry-after',
  'tus-resumable',
  'upload-expires',
  'upload-length',
  'upload-offset',
  'x-supabase-api-version',
  'x-total-count',
].join(', ');

/** Answers a browser's question whether it may call; anybody may, as on hosted: keys and row security decide. */
export function preflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': '3600',
      vary: 'access-control-request-headers',
    },
  });
}

/** Lets a page of any origin read the answer. */
export function withCors(response: Response): Response {
  if (response.headers.has('access-control-allow-origin')) return response;
  const headers = new Headers(response.headers);
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', EXPOSED);
  return new Response(response.body, { status: response.status, headers });
}
