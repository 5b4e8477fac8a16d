/** As much of Deno as functions use; the whole of it would clash with the types of Node, on which their tests run too. */
declare const Deno: {
  serve(handler: (request: Request) => Response | Promise<Response>): void;
  readonly env: { get(name: string): string | undefined };
};
