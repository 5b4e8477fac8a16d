/** A line that is thin but moves is waited for; one that is silent this long is not. */
const SILENCE_MS = 60_000;

/** Carries a request so that its sending can be watched and cut: `fetch` tells nothing of how far a body is. */
export const carry = (signal: AbortSignal, sent: (bytes: number) => void): typeof fetch =>
  typeof XMLHttpRequest === 'undefined' ? byFetch(signal) : byRequest(signal, sent); // a service worker has none

const byFetch =
  (signal: AbortSignal): typeof fetch =>
  (input, init) =>
    fetch(input, { ...init, signal });

const byRequest =
  (signal: AbortSignal, sent: (bytes: number) => void): typeof fetch =>
  (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init?.method ?? 'GET', input instanceof Request ? input.url : input);
      new Headers(init?.headers).forEach((value, name) => request.setRequestHeader(name, value));
      const cut = () => request.abort();
      const settle = (act: () => void) => () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cut);
        act();
      };
      let silent = false;
      const wait = () =>
        setTimeout(() => {
          silent = true;
          cut();
        }, SILENCE_MS);
      let timer = wait();
      request.upload.onprogress = ({ loaded }) => {
        clearTimeout(timer);
        timer = wait();
        sent(loaded);
      };
      request.onload = settle(() => resolve(responseOf(request)));
      request.onerror = settle(() => reject(new TypeError('the line was cut')));
      request.onabort = settle(() =>
        reject(new DOMException(silent ? 'silence' : 'cut', silent ? 'TimeoutError' : 'AbortError')),
      );
      signal.addEventListener('abort', cut);
      request.send(init?.body as XMLHttpRequestBodyInit);
      if (signal.aborted) cut();
    });

function responseOf(request: XMLHttpRequest): Response {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/).filter(Boolean);
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const { status } = request;
  return new Response([204, 205, 304].includes(status) ? null : request.responseText, { status, headers });
}
