import { refusals } from './errors.ts';

const KEY = /^(\w|\/|!|-|\.|\*|'|\(|\)| |&|\$|@|=|;|:|\+|,|\?)*$/;

/** Refuses names of objects that S3 could not hold, as hosted does. */
export function checkKey(name: string): string {
  const hollow = name === '' || name.startsWith('/') || name.endsWith('/');
  if (hollow || name.length > 1024 || !KEY.test(name)) throw refusals.key(name);
  return name;
}

/** Refuses names of buckets. */
export function checkBucketName(name: string): string {
  if (name.length > 100 || name !== name.trim() || !/^(\w|!|-|\.|\*|'|\(|\)| |&|\$|@|=|;|:|\+|,|\?)+$/.test(name)) {
    throw refusals.input('Bucket name invalid');
  }
  return name;
}

/** Whether a bucket takes a type: `image/png`, `image/*` or everything when it names none. */
export function takesType(allowed: string[] | null, type: string): boolean {
  const plain = type.split(';')[0]!.trim().toLowerCase();
  return (
    !allowed?.length || allowed.some((one) => one === '*/*' || one === plain || one === plain.replace(/\/.*/, '/*'))
  );
}
