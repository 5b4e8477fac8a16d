import { describe, expect, test } from 'vitest';
import { decode, encode, encodeBroadcast } from './protocol.ts';

const binary = (kind: number, parts: string[], encoding: number, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([kind, ...parts.map((part) => Buffer.byteLength(part)), encoding]),
    ...parts.map((part) => Buffer.from(part)),
    content,
  ]);

describe('reading', () => {
  test('an array in the second version, an object in the first', () => {
    const frame = { join_ref: '1', ref: '2', topic: 'realtime:a', event: 'phx_join', payload: { config: {} } };
    const array = Buffer.from(JSON.stringify(Object.values(frame)));
    expect(decode(array, false, '2.0.0')).toEqual(frame);
    expect(decode(Buffer.from(JSON.stringify(frame)), false, '1.0.0')).toEqual(frame);
  });

  test('a broadcast pushed as binary, with JSON or bytes in it', () => {
    const parts = ['1', '2', 'realtime:a', 'hello', ''];
    expect(decode(binary(3, parts, 1, Buffer.from('{"n":1}')), true, '2.0.0')).toEqual({
      join_ref: '1',
      ref: '2',
      topic: 'realtime:a',
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'hello', payload: { n: 1 } },
    });
    const bytes = Buffer.from([1, 2, 255]);
    const frame = decode(binary(3, parts, 0, bytes), true, '2.0.0');
    expect(frame?.payload).toMatchObject({ payload: bytes });
  });

  test.each([['not json'], ['[]'], ['[null,null,1,2,3]'], ['null'], ['"text"']])('%s makes no sense', (raw) =>
    expect(decode(Buffer.from(raw), false, '2.0.0')).toBeUndefined(),
  );

  test('a binary message of another kind, or cut short, makes no sense', () => {
    expect(decode(Buffer.from([0, 1, 1, 1, 1, 1, 1]), true, '2.0.0')).toBeUndefined();
    expect(
      decode(binary(3, ['1', '2', 'realtime:a', 'hello', ''], 1, Buffer.from('{"n"')), true, '2.0.0'),
    ).toBeUndefined();
  });
});

describe('writing', () => {
  const to = { topic: 'realtime:a', join_ref: '1', version: '2.0.0' as const };

  test('a message in both versions', () => {
    const frame = { join_ref: '1', ref: null, topic: 'realtime:a', event: 'system', payload: {} };
    expect(encode(frame, '2.0.0')).toBe('["1",null,"realtime:a","system",{}]');
    expect(JSON.parse(encode(frame, '1.0.0'))).toEqual(frame);
  });

  test('a broadcast says what it is', () => {
    const data = encodeBroadcast({ event: 'poke', payload: { n: 1 }, meta: { id: 'x' } }, to);
    const body = { type: 'broadcast', event: 'poke', payload: { n: 1 }, meta: { id: 'x' } };
    expect(JSON.parse(data as string)).toEqual(['1', null, 'realtime:a', 'broadcast', body]);
  });

  test('bytes travel as bytes, and not at all in the first version', () => {
    const message = { event: 'bytes', payload: Buffer.from([7]) };
    const expected = binary(4, ['realtime:a', 'bytes', ''], 0, Buffer.from([7]));
    expect(encodeBroadcast(message, to)).toEqual(expected);
    expect(encodeBroadcast(message, { ...to, version: '1.0.0' })).toBeUndefined();
  });
});
