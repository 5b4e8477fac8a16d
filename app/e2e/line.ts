import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A piece of a file as it passed: where it began, and how much of it reached the server. */
export interface Piece {
  readonly offset: number;
  bytes: number;
}

/** A line between devices and the stack that a journey can make thin, and that counts what passes. */
export interface ThinLine {
  /** The product's address over this line. */
  readonly url: string;
  readonly pieces: Piece[];
  /** Upwards, for each request. */
  bytesPerSecond: number;
  close(): Promise<void>;
}

/** Opens a line to the stack. Realtime does not pass: pokes are hints. */
export async function openLine(): Promise<ThinLine> {
  const stack = new URL(process.env['JOURNEY_URL']!);
  const server = createServer((up, down) => void forward(line, stack, up, down).catch(() => down.destroy()));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const line: ThinLine = { url, pieces: [], bytesPerSecond: Infinity, close };
  return line;
}

async function forward(line: ThinLine, stack: URL, up: IncomingMessage, down: ServerResponse): Promise<void> {
  const { method, url: path, headers } = up;
  const onward = request({ host: stack.hostname, port: stack.port, method, path, headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.on('response', resolve).on('error', reject);
  });
  answered.catch(() => undefined); // a device that dies in the middle is no error here
  await pipeline(up, meter(line, up), onward);
  const answer = await answered;
  down.writeHead(answer.statusCode!, answer.headers);
  await pipeline(answer, down);
}

/** Lets bytes through at the line's pace and counts those of pieces. */
function meter(line: ThinLine, { method, headers }: IncomingMessage): Transform {
  const piece: Piece = { offset: Number(headers['upload-offset']), bytes: 0 };
  if (method === 'PATCH') line.pieces.push(piece);
  return new Transform({
    highWaterMark: 16_384,
    transform: (chunk: Buffer, _encoding, done) => {
      piece.bytes += chunk.length;
      setTimeout(() => done(null, chunk), (1_000 * chunk.length) / line.bytesPerSecond);
    },
  });
}
