import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { injectManifest } from 'workbox-build';
import { printSizes } from './bundle-size.ts';

/** Second pass of the build: bundles sw/sw.ts into one classic script and gives it the list of files to keep. */
export function serviceWorker(): Plugin {
  let out = 'dist';
  return {
    name: 'portal-service-worker',
    apply: 'build',
    configResolved: ({ build }) => void (out = build.outDir),
    async closeBundle(failed?: Error) {
      if (failed) return;
      await bundle(out);
      await precacheList(out);
      await printSizes(out);
    },
  };
}

const bundle = (out: string): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [leanAuth()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(out, '.sw'),
      target: 'es2022',
      rolldownOptions: {
        input: 'sw/sw.ts',
        output: { format: 'iife', entryFileNames: 'sw.js' },
        // What the app loads lazily is inside the one script here; the loader's address of itself is never asked for.
        transform: { define: { 'import.meta': '{}' } },
      },
    },
  });

async function precacheList(out: string): Promise<void> {
  const { count, size, warnings } = await injectManifest({
    swSrc: join(out, '.sw', 'sw.js'),
    swDest: join(out, 'sw.js'),
    globDirectory: out,
    globPatterns: [
      'index.html',
      'start.js',
      'favicon.svg',
      'manifest.webmanifest',
      'icons/icon-192.png',
      'assets/**/*',
    ],
    globIgnores: [
      '.sw/**',
      'assets/inter-latin-ext*',
      'assets/reading-*/**',
      'assets/*.bin',
      'assets/*.wasm',
      'assets/{heic,pdf}-worker-*',
      '**/*.map',
    ],
    dontCacheBustURLsMatching: /^assets\//,
  });
  await rm(join(out, '.sw'), { recursive: true });
  for (const warning of warnings) console.warn(warning);
  console.log(`service worker keeps ${count} files, ${Math.round(size / 1024)} KB`);
}

/** Writes /config.json for a hosted build from SUPABASE_URL and SUPABASE_ANON_KEY; a local gateway answers it itself. */
export function hostedConfig(): Plugin {
  return {
    name: 'portal-hosted-config',
    apply: 'build',
    async writeBundle({ dir = 'dist' }) {
      const { SUPABASE_URL: supabase_url, SUPABASE_ANON_KEY: supabase_anon_key } = process.env;
      if (!supabase_url || !supabase_anon_key) return;
      await writeFile(join(dir, 'config.json'), JSON.stringify({ supabase_url, supabase_anon_key }));
    },
  };
}

/** Drops the indentation of templates and style sheets, which no minifier may touch because it is inside strings. */
export function flushTemplates(): Plugin {
  return {
    name: 'portal-flush-templates',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /\/app\/.*\.ts$/, code: /from 'lit'/ },
      handler: (code) => ({ code: code.replace(/\n[ \t]+/g, '\n'), map: null }),
    },
  };
}

/**
 * Parts of the auth client that no browser of ours may use: administration with the service role, and passkeys, which the
 * Permissions-Policy switches off. A name that an upgrade adds makes the build fail here, never the app.
 */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'GoTrueAdminApi.js': 'export default class {}',
  'lib/webauthn.js': [
    'const none = () => { throw new Error("passkeys are left out of this build"); };',
    'export { none as createCredential, none as getCredential };',
    'export { none as serializeCredentialCreationResponse, none as serializeCredentialRequestResponse };',
    'export { none as deserializeCredentialCreationOptions, none as deserializeCredentialRequestOptions };',
    'export const browserSupportsWebAuthn = () => false, webAuthnAbortService = {};',
    'export class WebAuthnApi {}',
  ].join('\n'),
};

/** Ships the auth client without them. */
export function leanAuth(): Plugin {
  return {
    name: 'portal-lean-auth',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /@supabase\/auth-js\/dist\/module\/(GoTrueAdminApi|lib\/webauthn)\.js$/ },
      handler: (id) => LEFT_OUT[id.slice(id.indexOf('/dist/module/') + '/dist/module/'.length)] ?? null,
    },
  };
}
